import { pageKey, put } from './objects';
import { askForRefusals, MAY_BE_CHANGED, REFUSED, UNANSWERED } from './refusals';
import { record } from './repairing';
import type { Steps } from './states';
import { choice, end, jsonata, pass } from './states';

/** A child execution that counts the refused IMDSv1 calls of the repaired instances of a page. */
export function lookAtPage(): Steps {
  return {
    StartAt: 'Watch - start',
    States: {
      'Watch - start': pass({
        config: jsonata('$states.input.config'),
        run: jsonata('$states.input.run'),
        page: jsonata('$states.input.page'),
        wave: jsonata('$states.input.wave'),
        execution: jsonata('$states.input.execution'),
        record: {},
        refused: {},
        unseen: [],
        unanswered: 0,
      }, 'Watch - look for the record'),
      ...record('Watch', 'Watch - select repaired instances'),
      'Watch - select repaired instances': pass({
        repaired: jsonata(REPAIRED), rest: jsonata(REPAIRED),
      }, 'Watch - are there repaired instances'),
      'Watch - are there repaired instances': choice([['$count($repaired) = 0', 'Watch - nothing to watch']], 'Watch - get refused calls from CloudWatch'),
      'Watch - nothing to watch': end({ rejected: 0, unseen: 0, unanswered: 0, ofWave: 0, unseenOfWave: 0, own: 0 }),
      'Watch - get refused calls from CloudWatch': askForRefusals('Watch - count refused calls'),
      'Watch - count refused calls': pass({
        refused: jsonata(`$merge([$refused, ${REFUSED}])`),
        unseen: jsonata("$append([], $append($unseen, $filter($asked, function($id, $n) { $count($lookup($metrics, 'r' & $n).values) = 0 })))"),
        unanswered: jsonata(`$unanswered + ${UNANSWERED}`),
      }, 'Watch - were calls refused'),
      'Watch - were calls refused': choice([['$count($rest) > 0', 'Watch - get refused calls from CloudWatch'], ['$count($keys($refused)) > 0', 'Watch - write refused calls']], 'Watch - end'),
      'Watch - write refused calls': put(pageKey('refused'), '$refused', 'Watch - end'),
      'Watch - end': end(jsonata(`{
        'rejected': $sum($append([], $map($keys($refused), function($id) {$lookup($refused, $id)}))),
        'unseen': $count($unseen), 'unanswered': $unanswered,
        'ofWave': $count($repaired[$lookup($record, $).wave = $wave]), 'unseenOfWave': $count($unseen[$lookup($record, $).wave = $wave]),
        'own': $count($repaired[$lookup($record, $).by = $execution and $not($lookup($record, $).outcome = 'unconfirmed')])
      }`)),
    },
  };
}

const REPAIRED = `$append([], $filter($keys($record), function($id) {( $entry := $lookup($record, $id); ${MAY_BE_CHANGED} )}))`;
