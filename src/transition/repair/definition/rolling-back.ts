import { describe, IS_THERE, takeFewer } from './instances';
import { stillLocked } from './lock';
import { pageKey, put } from './objects';
import { readOwners } from './owners';
import { askForRefusals, readRefusals, REFUSED, UNANSWERED } from './refusals';
import { DENIED, IS_AS_LEFT, modify, MOST_AT_ONCE, record, WITH_ANSWERS } from './repairing';
import type { States, Steps } from './states';
import { choice, end, fail, jsonata, pass, turns, wait } from './states';

/** A child execution that rolls back the instances of a page, unless they have changed since the repair. */
export function rollBackPage(): Steps {
  return {
    StartAt: 'Roll back - start',
    States: {
      'Roll back - start': pass({
        config: jsonata('$states.input.config'),
        run: jsonata('$states.input.run'),
        execution: jsonata('$states.input.execution'),
        page: jsonata('$states.input.page'),
        only: jsonata('$states.input.only'),
        ids: jsonata('$append([], $states.input.ids)'),
        withUnconfirmed: jsonata('$states.input.withUnconfirmed'),
        record: {},
        refused: {},
        unasked: 0,
        size: jsonata('$states.input.config.callsPerSecond'),
      }, 'Roll back - read the lock'),
      'Roll back - read the lock': stillLocked('Roll back - can it continue'),
      'Roll back - can it continue': choice([['$hasLock', 'Roll back - look for the record']], 'Roll back - lock lost'),
      'Roll back - lock lost': fail('LockLost', 'another execution took the lock because this one had ended: start a new one with the same run'),
      ...record('Roll back', 'Roll back - only instances with refused calls'),
      'Roll back - only instances with refused calls': choice([["$only = 'refused'", 'Roll back - look for refused calls']], 'Roll back - select instances'),
      ...readRefusals('Roll back', 'Roll back - select repaired instances'),
      ...askAgain(),
      'Roll back - select instances': pass({ left: jsonata(WANTED) }, 'Roll back - count instances'),
      'Roll back - count instances': pass({ wanted: jsonata(`$count($left) + $count(${DONE_BEFORE})`) }, 'Roll back - are instances left'),
      'Roll back - are instances left': choice([['$count($left) = 0', 'Roll back - end']], 'Roll back - take a batch'),
      'Roll back - take a batch': pass({ batch: jsonata('$append([], $left[[0..$size - 1]])') }, 'Roll back - wait before the next batch'),
      'Roll back - wait before the next batch': wait(1, 'Roll back - describe instances'),
      'Roll back - describe instances': describe('$batch', 'Roll back - read owners', 'Roll back - can the batch be smaller'),
      ...takeFewer('Roll back', 'Roll back - description too long'),
      'Roll back - description too long': fail('DescriptionTooLong', jsonata("'the description of ' & $batch[0] & ' is too long to read'")),
      ...readOwners('Roll back', 'Roll back - decide for each instance'),
      'Roll back - decide for each instance': pass({ decided: jsonata(DECIDED) }, 'Roll back - read the lock again'),
      'Roll back - read the lock again': stillLocked('Roll back - does it still have the lock'),
      'Roll back - does it still have the lock': choice([['$hasLock', 'Roll back - write the decisions']], 'Roll back - lock lost'),
      'Roll back - write the decisions': put(pageKey('records'), '$merge([$record, $decided])', 'Roll back - select instances to change'),
      'Roll back - select instances to change': pass({
        record: jsonata('$merge([$record, $decided])'),
        going: jsonata('$append([], $filter($batch, function($id) { $lookup($decided, $id).takingBack = true }))'),
      }, 'Roll back - are there instances to change'),
      'Roll back - are there instances to change': choice([['$count($going) > 0', 'Roll back - wait before the changes']], 'Roll back - next batch'),
      'Roll back - wait before the changes': wait(1, 'Roll back - change instances'),
      'Roll back - change instances': turns(jsonata(CHANGES), MOST_AT_ONCE, modify('Roll back', 'taken back'), 'Roll back - collect the results', { answers: jsonata('$append([], $states.result)') }),
      'Roll back - collect the results': pass({
        answers: jsonata("$append([], $map($answers, function($answer) {$answer.outcome = 'failed' ? $merge([$answer, {'outcome': 'not taken back'}]) : $answer}))"),
      }, 'Roll back - add the results to the record'),
      'Roll back - add the results to the record': pass({ record: jsonata(WITH_ANSWERS) }, 'Roll back - write the results'),
      'Roll back - write the results': put(pageKey('records'), '$record', 'Roll back - next batch'),
      'Roll back - next batch': pass({ left: jsonata('$append([], $left[[$count($batch)..$count($left)]])') }, 'Roll back - are instances left'),
      'Roll back - end': end({ wanted: jsonata('$wanted'), unasked: jsonata('$unasked'), failed: jsonata(`$count(${FAILED})`) }),
    },
  };
}

/** Reads the current refused calls, because the watch may have ended before. Without a response of CloudWatch, the stored numbers count. */
function askAgain(): States {
  return {
    'Roll back - select repaired instances': pass({ rest: jsonata('$append([], $filter($keys($record), function($id) { $exists($lookup($record, $id).after) }))') }, 'Roll back - are there repaired instances'),
    'Roll back - are there repaired instances': choice([['$count($rest) = 0', 'Roll back - select instances']], 'Roll back - get refused calls from CloudWatch'),
    'Roll back - get refused calls from CloudWatch': askForRefusals('Roll back - count refused calls', [{
      ErrorEquals: ['States.ALL'], Next: 'Roll back - select instances', Assign: { unasked: jsonata('$unasked + $count($rest)') },
    }]),
    'Roll back - count refused calls': pass({ refused: jsonata(`$merge([$refused, ${REFUSED}])`), unasked: jsonata(`$unasked + ${UNANSWERED}`) }, 'Roll back - were more calls refused'),
    'Roll back - were more calls refused': choice([['$count($rest) > 0', 'Roll back - get refused calls from CloudWatch'], ['$count($keys($refused)) > 0', 'Roll back - write refused calls']], 'Roll back - select instances'),
    'Roll back - write refused calls': put(pageKey('refused'), '$refused', 'Roll back - select instances'),
  };
}

/** The instances that EC2 did not change, for a reason other than missing permission. */
const FAILED = `$filter($keys($record), function($id) {(
  $entry := $lookup($record, $id);
  $entry.outcome = 'not taken back' and $not($contains($entry.because, ${DENIED})) and ($count($ids) > 0 ? $id in $ids : true)
)})`;

/** The instances that an earlier try of this execution rolled back. */
const DONE_BEFORE = `$filter($keys($record), function($id) {(
  $entry := $lookup($record, $id);
  $entry.outcome = 'taken back' and $entry.backBy = $execution and ($count($ids) > 0 ? $id in $ids : true)
)})`;

/** Whether it is unknown if the run changed an instance, also after a try to roll it back. */
const IS_UNSURE = "($former.outcome = 'unconfirmed' or $former.wasUnconfirmed = true or $exists($former.after) and $not($exists($former.outcome)))";

/** The instances that this run repaired. Unconfirmed instances are included only on request. */
const WANTED = `$append([], $filter($keys($record), function($id) {(
  $entry := $lookup($record, $id);
  $former := $entry;
  ($entry.outcome in ['repaired', 'not taken back', 'changed since', 'unconfirmed'] or $entry.outcome = 'gone' and $entry.wasRepaired = true
    or $exists($entry.after) and $not($exists($entry.outcome)))
  and ($withUnconfirmed or $not(${IS_UNSURE}))
  and ($only = 'refused' ? $exists($lookup($refused, $id)) : true)
  and ($count($ids) > 0 ? $id in $ids : true)
)}))`;

const DECIDED = `$merge($append([{}], $map($batch, function($id) {(
  $i := $lookup($seen, $id);
  $former := $lookup($record, $id);
  $former := $merge([$former, ${IS_UNSURE} ? {'wasUnconfirmed': true} : {}]);
  $owner := $lookup($owners, $id);
  $over := function($outcome, $because) {{$id: $merge([$former, {'outcome': $outcome, 'because': $because, 'at': $states.context.State.EnteredTime}])}};
  $isBack := $former.takingBack = true and $i.before.HttpTokens = $former.before.HttpTokens
    and $i.before.HttpPutResponseHopLimit = $former.before.HttpPutResponseHopLimit;
  $not(${IS_THERE}) ? {$id: $merge([$lookup($over('gone', 'it is gone since it was repaired'), $id), {'wasRepaired': true}])}
  : $isBack ? $over('taken back', 'an interrupted attempt rolled it back')
  : $exists($owner) and $owner != $run ? $over('changed since', 'the run ' & $owner & ' has changed it since then, so the rollback skips it')
  : $not($exists($owner)) and $not($withUnconfirmed) ? $over('unconfirmed', 'the table of the stack does not say which run changed it last: it may be a later one')
  : $not(${IS_AS_LEFT}) ? $over('changed since', 'its options have changed since the repair, so the rollback skips it')
  : {$id: $merge([$former, {'takingBack': true, 'backBy': $execution}])}
)})))`;

/** The former options. The hop limit is included only if the repair raised it. */
const CHANGES = `$append([], $map($going, function($id) {(
  $entry := $lookup($record, $id);
  $merge([
    {'InstanceId': $id, 'HttpTokens': $entry.before.HttpTokens},
    $exists($entry.after.HttpPutResponseHopLimit) ? {'HttpPutResponseHopLimit': $entry.before.HttpPutResponseHopLimit} : {}
  ])
)}))`;
