import { lock, unlock } from './lock';
import { lookAtPage } from './looking';
import { isStopped, pause, stop } from './notes';
import { BEGUN, get, keyOf, look, put, READ } from './objects';
import { readPlan } from './plan';
import { repairPage } from './repairing';
import type { DefinitionProps } from './settings';
import type { States } from './states';
import { call, children, choice, cutOff, fail, FOR_ALL, inAnyCase, ITEM, jsonata, pass, PATIENT, RETRY, wait } from './states';
import { taking } from './unattended';

/** How often a run lets a rollback go first, because of its history limit, and for how many seconds it releases the lock. */
const [MOST_YIELDS, YIELD] = [50, 90];

/** For how many days a plan can be used, counted from the plan or from the planned end of the last watch. */
const FRESH_DAYS = 7;

/** Continues a run with a plan: a dry run, or an interrupted run. */
export function goingOn(): States {
  return {
    'Read whether the run ended': isStopped('Has the run ended'),
    'Has the run ended': choice([['$isStopped', 'Run already ended']], 'Look for the plan'),
    'Run already ended': fail('RunIsOver', jsonata("'the run ' & $run & ' has ended, was stopped or was rolled back: start a new one'")),
    ...readPlan('Look whether a wave started'),
    'Look whether a wave started': look(keyOf(BEGUN), 'hasBegun', 'Did a wave start'),
    'Did a wave start': choice([['$hasBegun', 'Read when a wave started']], 'Is the plan too old'),
    'Read when a wave started': get(keyOf(BEGUN), { begun: jsonata(`$toMillis(${READ}.at) + $config.looks * $config.lookAfter * 1000`) }, 'Is the plan too old'),
    'Is the plan too old': choice([[`$toMillis($states.context.State.EnteredTime) - $max([$planned, $begun]) > ${FRESH_DAYS} * 86400000`, 'Plan too old']], 'Is a wave left'),
    'Plan too old': fail('PlanTooOld', jsonata(`'the plan of ' & $plan.at & ' and its last wave are more than ${FRESH_DAYS} days old: start a new run'`)),
  };
}

/** The counts of all repaired instances so far, those of the last wave, and the number of instances that this execution may have changed. */
const SEEN = Object.fromEntries(['rejected', 'unseen', 'unanswered', 'ofWave', 'unseenOfWave', 'own'].map(count => [count, jsonata(`$sum($append([], $states.result.${count}))`)]));

/** Repairs a wave, watches its refused calls, and continues with the next wave. */
export function waves(props: DefinitionProps): States {
  // A rollback must not wait for the retries of these notes, because it writes both itself.
  const retry = props.rollbackArn === undefined ? PATIENT : RETRY;
  return {
    'Is a wave left': choice([['$wave < $count($append([], $plan.waves))', 'Read whether the run was stopped']], 'Are planned findings left'),
    'Read whether the run was stopped': isStopped('Can the wave start'),
    'Can the wave start': choice([['$isStopped', 'Mark the run as stopped']], 'Record the start of the wave'),
    'Record the start of the wave': put(keyOf(BEGUN), "{'by': $states.context.Execution.Id, 'at': $states.context.State.EnteredTime}", 'Get the lock'),
    'Mark the run as stopped': pass({ error: 'Stopped', problem: 'the run was stopped' }, 'Are planned findings left'),
    ...lock('Get the lock', 'Is it the first automatic wave'),
    ...taking('Repair', 'Report'),
    'Repair': children(jsonata('$append([], $append([], $plan.waves)[$wave].slices)'), {
      ...FOR_ALL, slice: ITEM, wave: jsonata('$wave'), execution: jsonata('$states.context.Execution.Id'), plannedAt: jsonata('$plan.at'), mayYield: jsonata(`$yields < ${MOST_YIELDS}`),
    }, repairPage(), 'Release the lock', {
      assign: {
        ...Object.fromEntries(['turned', 'failed', 'stopped', 'yielded'].map(count => [count, jsonata(`$sum($append([], $states.result.${count}))`)])),
        isWatched: jsonata('$sum($append([], $states.result.turned)) = 0'),
      },
      catchers: cutOff('Release the lock after an interrupted wave', 'WaveFailed', 'a wave', { isWatched: false }),
    }),
    'Release the lock': inAnyCase(unlock('Were instances changed')),
    'Release the lock after an interrupted wave': inAnyCase(unlock('Read whether it was stopped meanwhile')),
    'Read whether it was stopped meanwhile': inAnyCase(isStopped('Watch the interrupted wave'), { isStopped: false }),
    'Watch the interrupted wave': pass({
      isWatched: false,
      error: jsonata("$isStopped ? 'Stopped' : $error"),
      problem: jsonata("$isStopped ? 'the run was stopped, and ' & $problem : $problem"),
    }, 'Start the watch'),
    'Were instances changed': choice([
      ['$stopped > 0', 'Mark the wave as stopped'],
      ['$turned = 0 and $failed > 0', 'No instance could be changed'],
      ['$turned = 0 and $yielded > 0', 'Leave the lock to a rollback'],
      ['$turned = 0', 'Next wave'],
    ], 'Start the watch'),
    'Mark the wave as stopped': pass({ error: 'Stopped', problem: 'the run was stopped' }, 'Is there anything to watch'),
    // An earlier execution may have changed instances of this wave.
    'Is there anything to watch': choice([['$turned > 0 or $hasBegun', 'Start the watch']], 'Report'),
    'Leave the lock to a rollback': wait(YIELD, 'Next wave'),
    'No instance could be changed': pass({ error: 'NothingCanBeChanged', problem: jsonata("'a wave changed nothing, and ' & $failed & ' instances could not be changed'") }, 'Report'),
    'Start the watch': pass({ look: 0 }, 'Watch'),
    'Watch': wait(jsonata('$config.lookAfter'), 'Check refused calls'),
    'Check refused calls': children(jsonata('$append([], $distinct($append([], $plan.waves)[[0..$wave]].slices.page))'), {
      ...FOR_ALL, page: ITEM, wave: jsonata('$wave'), execution: jsonata('$states.context.Execution.Id'),
    }, lookAtPage(), 'Were calls refused', {
      assign: { ...SEEN, look: jsonata('$look + 1') },
      catchers: [{ ErrorEquals: ['States.ALL'], Next: 'Is another check left', Assign: { look: jsonata('$look + 1') } }],
    }),
    'Is another check left': choice([['$look < $config.looks', 'Watch']], 'Watch failed'),
    'Watch failed': pass({ error: 'WatchFailed', problem: 'the last check of the watch failed, see the map run of this execution' }, 'Pause automatic runs after an unwatched wave'),
    'Were calls refused': choice([
      ['$rejected > $config.maxRejectedCalls', 'Too many refused calls'],
      ['$look < $config.looks', 'Watch'],
      ["$not($error in ['', 'Stopped'])", 'Pause automatic runs after an unwatched wave'],
      ['$ofWave > 0 and $unseenOfWave = $ofWave or $unanswered > 0', 'Read whether the unwatched run was stopped'],
      ["$error = 'Stopped'", 'Report'],
    ], 'Next wave'),
    'Read whether the unwatched run was stopped': isStopped('Refused calls unknown'),
    'Refused calls unknown': pass({
      error: 'Unwatched',
      problem: jsonata("'CloudWatch did not return the refused IMDSv1 calls of ' & $max([$unseenOfWave, $unanswered]) & ' instances: ' & ($isStopped ? 'the run was stopped, and nothing watches them: if in doubt, roll back' : 'start this run again later')"),
    }, 'Pause automatic runs after an unwatched wave'),
    'Pause automatic runs after an unwatched wave': pause("'some instances were not watched to the end'", 'Report', PATIENT),
    'Next wave': pass({
      wave: jsonata('$yielded > 0 ? $wave : $wave + 1'), yields: jsonata('$yielded > 0 ? $yields + 1 : $yields'), isWatched: true,
    }, 'Is a wave left'),
    'Too many refused calls': pass({
      error: 'RejectedCalls',
      problem: jsonata("$rejected & ' IMDSv1 calls were refused (maxRejectedCalls is ' & $config.maxRejectedCalls & ')'"),
    }, 'End the run'),
    'End the run': inAnyCase(stop('$problem', 'Pause automatic runs', retry)),
    'Pause automatic runs': inAnyCase(pause("'IMDSv1 calls were refused'", props.rollbackArn === undefined ? 'Report' : 'Did this execution change instances', retry)),
    ...props.rollbackArn === undefined ? {} : takeBack(props.rollbackArn),
  };
}

/**
 * Starts the rollback of this run, and of no other one. The rollback is a separate state machine, because this one cannot make tokens optional.
 *
 * If this execution changed no instance, it starts no rollback. Otherwise, a principal that can start runs could roll back any run.
 *
 * It does not wait for the rollback, which writes the report. The name of the rollback is derived from this execution, so a second attempt starts no
 * second one.
 */
function takeBack(StateMachineArn: string): States {
  return {
    'Did this execution change instances': choice([['$own > 0', 'Start the rollback']], 'Another execution changed them'),
    'Another execution changed them': pass({
      problem: jsonata("$problem & ', and there is no automatic rollback because another execution changed these instances'"),
    }, 'Report'),
    'Start the rollback': call('sfn:startExecution', {
      StateMachineArn,
      Name: jsonata("$hash($states.context.Execution.Id, 'SHA-256')"),
      Input: jsonata("$string({'run': $run, 'refusing': $config.onRejected = 'refused', 'automatic': true})"),
    }, 'Rollback started', {
      assign: { rollback: jsonata('$states.result.ExecutionArn') },
      retry: [{ ErrorEquals: STARTED, MaxAttempts: 0 }, ...RETRY],
      catchers: [
        { ErrorEquals: STARTED, Next: 'Rollback started', Assign: { rollback: 'that was started earlier' } },
        { ErrorEquals: ['States.ALL'], Next: 'Report', Assign: { problem: jsonata("$problem & ', and the rollback could not be started'") } },
      ],
    }),
    'Rollback started': pass({
      problem: jsonata(`$problem & ': the execution ' & $rollback & ' rolls them back and writes its report to s3://' & $config.bucket & '/' & ${keyOf('report.json')}`),
    }, 'Is it an automatic run'),
  };
}

const STARTED = ['Sfn.ExecutionAlreadyExistsException', 'Sfn.ExecutionAlreadyExists'];
