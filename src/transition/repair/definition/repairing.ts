import { HopLimits } from '../../../policy/hop-limits';
import { findClusters, findHosts, TOO_MANY_CLUSTERS } from './container-hosts';
import { CONTAINER_TAG, dayOf, describe, IS_THERE, IS_UNTOLD, metrics, STOPPED, takeFewer } from './instances';
import { isRollbackWaiting, stillLocked } from './lock';
import { isStopped } from './notes';
import { get, look, pageKey, put, READ } from './objects';
import { noteOwner } from './owners';
import type { States, Steps } from './states';
import { call, choice, EMPTY, END, end, fail, jsonata, pass, turns, wait } from './states';

/** The most instances that are changed at the same time. */
export const MOST_AT_ONCE = 20;

/**
 * A child execution that requires IMDSv2 on the instances of a page that are in a wave.
 *
 * It records the current options before each change, and the result after it. An existing record is from an interrupted attempt.
 */
export function repairPage(): Steps {
  return {
    StartAt: 'Repair - start',
    States: {
      'Repair - start': pass({
        config: jsonata('$states.input.config'),
        run: jsonata('$states.input.run'),
        execution: jsonata('$states.input.execution'),
        page: jsonata('$states.input.slice.page'),
        slice: jsonata('$states.input.slice'),
        plannedAt: jsonata('$states.input.plannedAt'),
        wave: jsonata('$states.input.wave'),
        mayYield: jsonata('$states.input.mayYield'),
        hosts: [],
        record: {},
        size: jsonata('$states.input.config.callsPerSecond'),
      }, 'Repair - read the lock'),
      'Repair - read the lock': stillLocked('Repair - read whether the run ended'),
      'Repair - read whether the run ended': isStopped('Repair - read whether a rollback waits'),
      'Repair - read whether a rollback waits': isRollbackWaiting('Repair - can it continue'),
      'Repair - can it continue': choice([
        ['$not($hasLock)', 'Repair - lock lost'], ['$isStopped', 'Repair - run stopped'], ['$isAwaited and $mayYield', 'Repair - let the rollback go first'],
      ], 'Repair - read the plan'),
      'Repair - run stopped': end({ turned: 0, failed: 0, stopped: 1, yielded: 0 }),
      'Repair - let the rollback go first': end({ turned: 0, failed: 0, stopped: 0, yielded: 1 }),
      'Repair - lock lost': fail('LockLost', 'another execution took the lock because this one had ended: start a new one with the same run'),
      'Repair - read the plan': get(pageKey('plan'), {
        planned: jsonata(`(
        $ready := $append([], ${READ}[is = 'ready']);
        $append([], $filter($ready, function($entry, $n) { $n >= $slice.from and $n < $slice.to })).{'id': id, 'containers': $exists(containers)}
      )`),
      }, 'Repair - look for the record'),
      ...record('Repair', 'Repair - select instances'),
      'Repair - select instances': pass({
        planned: jsonata('$append([], $planned)'),
        left: jsonata('$append([], $append([], $planned).id[$not($lookup($record, $).outcome in [\'repaired\', \'unconfirmed\', \'taken back\'])])'),
        failures: 0,
        changed: 0,
        problem: EMPTY,
      }, 'Repair - find ECS clusters'),
      ...findClusters('Repair - find ECS clusters', 'Repair - are there ECS clusters', { endless: 'Repair - the list of clusters does not end', tooMany: 'Repair - too many clusters' }),
      'Repair - the list of clusters does not end': fail('EndlessList', 'ECS did not stop returning next pages of clusters'),
      'Repair - too many clusters': fail('TooManyClusters', TOO_MANY_CLUSTERS),
      'Repair - are there ECS clusters': choice([['$count($clusters) = 0 or $count($left) = 0', 'Repair - are instances left']], 'Repair - find container instances'),
      'Repair - find container instances': findHosts('Repair', '$left', 'Repair - are instances left'),
      'Repair - are instances left': choice([
        ['$count($left) = 0', 'Repair - end'],
        ['$changed = 0 and $failures >= 10', 'Repair - no instance could be changed'],
      ], 'Repair - take a batch'),
      'Repair - no instance could be changed': fail('NothingCanBeChanged', jsonata("$failures & ' instances in a row could not be changed, the last one: ' & $problem")),
      'Repair - take a batch': pass({ batch: jsonata('$append([], $left[[0..$size - 1]])') }, 'Repair - wait before the next batch'),
      'Repair - wait before the next batch': wait(1, 'Repair - describe instances'),
      'Repair - describe instances': describe('$batch', 'Repair - get IMDSv1 calls since the plan', 'Repair - can the batch be smaller'),
      ...takeFewer('Repair', 'Repair - description too long'),
      'Repair - description too long': fail('DescriptionTooLong', jsonata("'the description of ' & $batch[0] & ' is too long to read'")),
      'Repair - get IMDSv1 calls since the plan': metrics('$batch', [['c', 'MetadataNoToken']], `${dayOf('$toMillis($plannedAt)')} - 86400000`, 'Repair - decide for each instance'),
      'Repair - decide for each instance': pass({ decided: jsonata(DECIDED) }, 'Repair - read the lock again'),
      'Repair - read the lock again': stillLocked('Repair - does it still have the lock'),
      'Repair - does it still have the lock': choice([['$hasLock', 'Repair - write the current options']], 'Repair - lock lost'),
      'Repair - write the current options': put(pageKey('records'), '$merge([$record, $decided])', 'Repair - select instances to change'),
      'Repair - select instances to change': pass({
        record: jsonata('$merge([$record, $decided])'),
        going: jsonata('$append([], $filter($batch, function($id) { $not($exists($lookup($decided, $id).outcome)) }))'),
      }, 'Repair - are there instances to change'),
      'Repair - are there instances to change': choice([['$count($going) > 0', 'Repair - write owners']], 'Repair - next batch'),
      ...noteOwner('Repair', 'Repair - wait before the changes'),
      'Repair - wait before the changes': wait(1, 'Repair - change instances'),
      'Repair - change instances': turns(jsonata("$append([], $map($going, function($id) {$merge([{'InstanceId': $id}, $lookup($record, $id).after])}))"), MOST_AT_ONCE, modify('Repair', 'repaired'),
        'Repair - collect the results', { answers: jsonata('$append([], $states.result)') }),
      'Repair - collect the results': pass({
        record: jsonata(WITH_ANSWERS),
        again: jsonata("$append([], $answers[outcome = 'failed'].id)"),
        failures: jsonata("$failures + $count($answers[outcome = 'failed'])"),
        changed: jsonata("$changed + $count($answers[outcome = 'repaired'])"),
        problem: jsonata("$count($answers[outcome = 'failed']) > 0 ? $answers[outcome = 'failed'][-1].because : $problem"),
      }, 'Repair - did a change fail'),
      'Repair - did a change fail': choice([['$count($again) > 0', 'Repair - wait before describing again']], 'Repair - write the results'),
      'Repair - wait before describing again': wait(1, 'Repair - describe failed instances'),
      'Repair - describe failed instances': describe('$again', 'Repair - correct the results', 'Repair - write the results'),
      'Repair - correct the results': pass({
        record: jsonata(`$merge([$record, $merge($append([{}], $map($again, function($id) {(
        $i := $lookup($seen, $id);
        $former := $lookup($record, $id);
        $wasDenied := $contains($former.because, ${DENIED});
        ${IS_AS_LEFT} ? {$id: $merge([$former, {
          'outcome': $wasDenied ? 'unconfirmed' : 'repaired', 'because': 'it requires IMDSv2, although the call failed: ' & $former.because
        }])} : {}
      )})))])`),
      }, 'Repair - write the results'),
      'Repair - write the results': put(pageKey('records'), '$record', 'Repair - next batch'),
      'Repair - next batch': pass({ left: jsonata('$append([], $left[[$count($batch)..$count($left)]])') }, 'Repair - are instances left'),
      'Repair - end': end(jsonata(`(
        $mine := $append([], $map($append([], $planned.id), function($id) {$lookup($record, $id)}));
        {
          'page': $page, 'turned': $count($mine[outcome in ['repaired', 'unconfirmed']]), 'failed': $count($mine[outcome = 'failed']), 'stopped': 0, 'yielded': 0
        }
      )`)),
    },
  };
}

/** Reads the record of a page into `$record`, if it exists. */
export function record(name: string, next: string): States {
  return {
    [`${name} - look for the record`]: look(pageKey('records'), 'hasRecord', `${name} - is there a record`),
    [`${name} - is there a record`]: choice([['$hasRecord', `${name} - read the record`]], next),
    [`${name} - read the record`]: get(pageKey('records'), { record: jsonata(READ) }, next),
  };
}

/** Changes one instance, and returns the result. The call contains only the options that need a change. */
export function modify(name: string, outcome: string): Steps {
  const [change, failed] = [`${name} - modify`, `${name} - not modified`];
  const at = '$states.context.State.EnteredTime';
  return {
    StartAt: change,
    States: {
      [change]: call('ec2:modifyInstanceMetadataOptions', jsonata('$states.input'), END, {
        output: jsonata(`{'id': $states.input.InstanceId, 'outcome': '${outcome}', 'because': '', 'at': ${at}}`),
        catchers: [{
          ErrorEquals: ['States.ALL'],
          Next: failed,
          Output: jsonata(`(
          $cause := $exists($states.errorOutput.Cause) ? $states.errorOutput.Cause : $states.errorOutput.Error;
          {
            'id': $states.input.InstanceId, 'at': ${at}, 'because': $substring($cause, 0, 300),
            'outcome': $contains($cause, /does not exist|InvalidInstanceID/) ? 'gone' : 'failed'
          }
        )`),
        }],
      }),
      [failed]: end(),
    },
  };
}

/**
 * Errors after which EC2 has changed nothing. After other errors, a change may have been made. Then it was this repair: the instance did not require
 * IMDSv2 a moment ago, and only this execution has the lock.
 */
export const DENIED = '/not authorized|UnauthorizedOperation|AccessDenied|explicit deny/i';

/** The record with the results. */
export const WITH_ANSWERS = '$merge([$record, $merge($append([{}], $answers.{id: $merge([$lookup($record, id), {\'outcome\': outcome, \'because\': because, \'at\': at}])}))])';

/** Whether an instance still has the options that the repair set. */
export const IS_AS_LEFT = `$i.before.HttpTokens = 'required' and $i.before.HttpEndpoint = $former.before.HttpEndpoint
  and $i.before.HttpPutResponseHopLimit = ($exists($former.after.HttpPutResponseHopLimit) ? $former.after : $former.before).HttpPutResponseHopLimit`;

/** The new entry in the record for each instance of the batch: a result, or the current options and the new ones. */
const DECIDED = `$merge($append([{}], $map($batch, function($id) {(
  $i := $lookup($seen, $id);
  $former := $lookup($record, $id);
  $byPosition := function($n) { $batch[$n] = $id ? $n : $n < $count($batch) ? $byPosition($n + 1) : -1 };
  $called := $lookup($metrics, 'c' & $byPosition(0));
  $calls := $sum($append([], $called.values));
  ${CONTAINER_TAG};
  $over := function($outcome, $because) {{$id: $merge([$former, {'outcome': $outcome, 'because': $because, 'at': $states.context.State.EnteredTime}])}};
  $needsHops := ($planned[id = $id].containers or $containerTag != '' or $id in $hosts) and $i.before.HttpPutResponseHopLimit < ${HopLimits.OF_CONTAINERS};
  $after := $merge([{'HttpTokens': 'required'}, $needsHops ? {'HttpPutResponseHopLimit': ${HopLimits.OF_CONTAINERS}} : {}]);
  $not(${IS_THERE}) ? $over('gone', $exists($i.state) ? 'it is ' & $i.state : 'EC2 no longer describes this instance')
  : ${IS_UNTOLD} ? $over('unknown', 'EC2 did not return all its metadata options')
  : $exists($former.after) and $not($exists($former.outcome)) and ${IS_AS_LEFT} ? $over('unconfirmed', 'it requires IMDSv2, but an interrupted attempt did not record whether it made the change')
  : $i.before.HttpTokens = 'required' ? $over('required', 'somebody else did it since it was planned')
  : $i.before.HttpEndpoint = 'disabled' ? $over('off', 'its metadata service was turned off since it was planned')
  : $i.state in ['stopped', 'stopping'] ? $over('unknown', '${STOPPED}')
  : $calls > 0 ? $over('in use', 'IMDSv1 was called ' & $calls & ' times since it was planned')
  : $not($called.status = 'Complete') ? $over('unknown', 'CloudWatch did not say whether IMDSv1 was called since it was planned')
  : $count($called.values) = 0 ? $over('unknown', 'CloudWatch has no figures of it since it was planned')
  : {$id: {'before': $i.before, 'after': $after, 'wave': $wave, 'by': $execution, 'since': $states.context.State.EnteredTime}}
)})))`;
