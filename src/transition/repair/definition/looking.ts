import { dayOf, metrics } from './instances';
import { pageKey, put } from './objects';
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
        record: {},
      }, 'Look - look for a record'),
      ...record('Look', 'Look - who was repaired'),
      'Look - who was repaired': pass({
        asked: jsonata("$append([], $filter($keys($record), function($id) { $lookup($record, $id).outcome in ['repaired', 'unconfirmed'] }))"),
      }, 'Look - was anybody'),
      'Look - was anybody': choice([['$count($asked) = 0', 'Look - nobody']], 'Look - read the metrics'),
      'Look - nobody': end({ rejected: 0, unseen: 0, unanswered: 0, ofWave: 0, unseenOfWave: 0 }),
      'Look - read the metrics': metrics('$asked', [['r', 'MetadataNoTokenRejected']], SINCE, 'Look - who refused'),
      'Look - who refused': pass({
        refused: jsonata(`$merge($append([{}], $map($asked, function($id, $n) {(
          $calls := $sum($append([], $lookup($metrics, 'r' & $n).values));
          $calls > 0 ? {$id: $calls} : {}
        )})))`),
        unseen: jsonata("$append([], $filter($asked, function($id, $n) { $count($lookup($metrics, 'r' & $n).values) = 0 }))"),
        unanswered: jsonata("$count($filter($asked, function($id, $n) { $not($lookup($metrics, 'r' & $n).status = 'Complete') }))"),
      }, 'Look - was anything refused'),
      'Look - was anything refused': choice([['$count($keys($refused)) > 0', 'Look - write it down']], 'Look - end'),
      'Look - write it down': put(pageKey('refused'), '$refused', 'Look - end'),
      'Look - end': end(jsonata(`{
        'rejected': $sum($append([], $map($keys($refused), function($id) {$lookup($refused, $id)}))),
        'unseen': $count($unseen), 'unanswered': $unanswered,
        'ofWave': $count($asked[$lookup($record, $).wave = $wave]), 'unseenOfWave': $count($unseen[$lookup($record, $).wave = $wave])
      }`)),
    },
  };
}

/** The day of the first change: before it, nothing was refused, or it would not have been ready. */
const SINCE = dayOf('$min($append([], $map($asked, function($id) {$toMillis($lookup($record, $id).at)})))');
