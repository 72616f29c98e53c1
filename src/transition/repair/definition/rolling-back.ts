import { describe, IS_THERE, takeFewer } from './instances';
import { stillLocked } from './lock';
import { pageKey, put } from './objects';
import { readOwners } from './owners';
import { askForRefusals, readRefusals, REFUSED, UNANSWERED } from './refusals';
import { IS_AS_LEFT, modify, MOST_AT_ONCE, record, WITH_ANSWERS } from './repairing';
import type { States, Steps } from './states';
import { choice, end, fail, jsonata, pass, turns, wait } from './states';

/** A child that takes back what the run did to the instances of a page, as far as they are still as it left them. */
export function rollBackPage(): Steps {
  return {
    StartAt: 'Back - begin',
    States: {
      'Back - begin': pass({
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
      }, 'Back - has it the lock'),
      'Back - has it the lock': stillLocked('Back - may it go on'),
      'Back - may it go on': choice([['$hasLock', 'Back - look for a record']], 'Back - it lost the lock'),
      'Back - it lost the lock': fail('LockLost', 'another execution took the lock because this one had ended: start a new one with the same run'),
      ...record('Back', 'Back - is it for those who refused'),
      'Back - is it for those who refused': choice([["$only = 'refused'", 'Back - look for refused calls']], 'Back - what is left'),
      ...readRefusals('Back', 'Back - who is to be asked for'),
      ...askAgain(),
      'Back - what is left': pass({ left: jsonata(WANTED) }, 'Back - how many were meant'),
      'Back - how many were meant': pass({ wanted: jsonata('$count($left)') }, 'Back - is anything left'),
      'Back - is anything left': choice([['$count($left) = 0', 'Back - end']], 'Back - take some'),
      'Back - take some': pass({ batch: jsonata('$append([], $left[[0..$size - 1]])') }, 'Back - slowly'),
      'Back - slowly': wait(1, 'Back - describe'),
      'Back - describe': describe('$batch', 'Back - whose are they', 'Back - take fewer'),
      ...takeFewer('Back', 'Back - it is too long'),
      'Back - it is too long': fail('DescriptionTooLong', jsonata("'the description of ' & $batch[0] & ' is too long to read'")),
      ...readOwners('Back', 'Back - decide'),
      'Back - decide': pass({ decided: jsonata(DECIDED) }, 'Back - has it the lock still'),
      'Back - has it the lock still': stillLocked('Back - may it write that down'),
      'Back - may it write that down': choice([['$hasLock', 'Back - write down what is taken back']], 'Back - it lost the lock'),
      'Back - write down what is taken back': put(pageKey('records'), '$merge([$record, $decided])', 'Back - whom to change'),
      'Back - whom to change': pass({
        record: jsonata('$merge([$record, $decided])'),
        going: jsonata('$append([], $filter($batch, function($id) { $lookup($decided, $id).takingBack = true }))'),
      }, 'Back - is there anybody'),
      'Back - is there anybody': choice([['$count($going) > 0', 'Back - wait to change']], 'Back - go on'),
      'Back - wait to change': wait(1, 'Back - change'),
      'Back - change': turns(jsonata(CHANGES), MOST_AT_ONCE, modify('Back', 'taken back'), 'Back - take in', { answers: jsonata('$append([], $states.result)') }),
      'Back - take in': pass({
        answers: jsonata("$append([], $map($answers, function($answer) {$answer.outcome = 'failed' ? $merge([$answer, {'outcome': 'not taken back'}]) : $answer}))"),
      }, 'Back - write the answers'),
      'Back - write the answers': pass({ record: jsonata(WITH_ANSWERS) }, 'Back - write down what came of it'),
      'Back - write down what came of it': put(pageKey('records'), '$record', 'Back - go on'),
      'Back - go on': pass({ left: jsonata('$append([], $left[[$count($batch)..$count($left)]])') }, 'Back - is anything left'),
      'Back - end': end({ wanted: jsonata('$wanted'), unasked: jsonata('$unasked') }),
    },
  };
}

/** Asks who refused calls by now, which nobody may have watched. Where CloudWatch does not answer, what was written down counts. */
function askAgain(): States {
  return {
    'Back - who is to be asked for': pass({ asked: jsonata('$append([], $filter($keys($record), function($id) { $exists($lookup($record, $id).after) }))') }, 'Back - is anybody asked for'),
    'Back - is anybody asked for': choice([['$count($asked) = 0', 'Back - what is left']], 'Back - ask who refused'),
    'Back - ask who refused': askForRefusals('Back - who refused', [{
      ErrorEquals: ['States.ALL'], Next: 'Back - what is left', Assign: { unasked: jsonata('$count($asked)') },
    }]),
    'Back - who refused': pass({ refused: jsonata(`$merge([$refused, ${REFUSED}])`), unasked: jsonata(UNANSWERED) }, 'Back - did anybody refuse'),
    'Back - did anybody refuse': choice([['$count($keys($refused)) > 0', 'Back - write down who refused']], 'Back - what is left'),
    'Back - write down who refused': put(pageKey('refused'), '$refused', 'Back - what is left'),
  };
}

/** Whether nobody knows that the run turned an instance over, also when a rollback has tried to take it back. */
const IS_UNSURE = "($former.outcome = 'unconfirmed' or $former.wasUnconfirmed = true or $exists($former.after) and $not($exists($former.outcome)))";

/** Instances that this run repaired. What nobody knows to be its own is left, unless it is asked for. */
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
  : {$id: $merge([$former, {'takingBack': true}])}
)})))`;

/** What was there; the hop limit only where the repair raised it. */
const CHANGES = `$append([], $map($going, function($id) {(
  $entry := $lookup($record, $id);
  $merge([
    {'InstanceId': $id, 'HttpTokens': $entry.before.HttpTokens},
    $exists($entry.after.HttpPutResponseHopLimit) ? {'HttpPutResponseHopLimit': $entry.before.HttpPutResponseHopLimit} : {}
  ])
)}))`;
