import { pageKey, put } from './objects';
import { askForRefusals, MAY_BE_CHANGED, REFUSED, UNANSWERED } from './refusals';
import { record } from './repairing';
import type { Steps } from './states';
import { choice, end, jsonata, pass } from './states';

/** A child that looks how many calls of IMDSv1 were refused by the instances of a page that the run repaired. */
export function lookAtPage(): Steps {
  return {
    StartAt: 'Look - begin',
    States: {
      'Look - begin': pass({
        config: jsonata('$states.input.config'),
        run: jsonata('$states.input.run'),
        page: jsonata('$states.input.page'),
        wave: jsonata('$states.input.wave'),
        execution: jsonata('$states.input.execution'),
        record: {},
      }, 'Look - look for a record'),
      ...record('Look', 'Look - who was repaired'),
      'Look - who was repaired': pass({
        asked: jsonata(`$append([], $filter($keys($record), function($id) {( $entry := $lookup($record, $id); ${MAY_BE_CHANGED} )}))`),
      }, 'Look - was anybody'),
      'Look - was anybody': choice([['$count($asked) = 0', 'Look - nobody']], 'Look - read the metrics'),
      'Look - nobody': end({ rejected: 0, unseen: 0, unanswered: 0, ofWave: 0, unseenOfWave: 0, own: 0 }),
      'Look - read the metrics': askForRefusals('Look - who refused'),
      'Look - who refused': pass({
        refused: jsonata(REFUSED),
        unseen: jsonata("$append([], $filter($asked, function($id, $n) { $count($lookup($metrics, 'r' & $n).values) = 0 }))"),
        unanswered: jsonata(UNANSWERED),
      }, 'Look - was anything refused'),
      'Look - was anything refused': choice([['$count($keys($refused)) > 0', 'Look - write it down']], 'Look - end'),
      'Look - write it down': put(pageKey('refused'), '$refused', 'Look - end'),
      'Look - end': end(jsonata(`{
        'rejected': $sum($append([], $map($keys($refused), function($id) {$lookup($refused, $id)}))),
        'unseen': $count($unseen), 'unanswered': $unanswered,
        'ofWave': $count($asked[$lookup($record, $).wave = $wave]), 'unseenOfWave': $count($unseen[$lookup($record, $).wave = $wave]),
        'own': $count($asked[$lookup($record, $).by = $execution and $not($lookup($record, $).outcome = 'unconfirmed')])
      }`)),
    },
  };
}
