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

/** For how many days a plan is good for a repair, or for going on with one: since it was made, or since the watch of its last wave was to end. */
const FRESH_DAYS = 7;

/** Goes on with a run that has a plan: a dry run, or one that was cut off. */
export function goingOn(): States {
  return {
    'Is the run over': isStopped('May it go on'),
    'May it go on': choice([['$isStopped', 'The run is over']], 'Look for the plan'),
    'The run is over': fail('RunIsOver', jsonata("'the run ' & $run & ' has ended, was stopped or was rolled back: start a new one'")),
    ...readPlan('Look whether it began'),
    'Look whether it began': look(keyOf(BEGUN), 'hasBegun', 'Did it begin'),
    'Did it begin': choice([['$hasBegun', 'Read when a wave began']], 'Is the plan too old'),
    'Read when a wave began': get(keyOf(BEGUN), { begun: jsonata(`$toMillis(${READ}.at) + $config.looks * $config.lookAfter * 1000`) }, 'Is the plan too old'),
    'Is the plan too old': choice([[`$toMillis($states.context.State.EnteredTime) - $max([$planned, $begun]) > ${FRESH_DAYS} * 86400000`, 'The plan is too old']], 'Is a wave left'),
    'The plan is too old': fail('PlanTooOld', jsonata(`'the plan of ' & $plan.at & ' and its last wave are more than ${FRESH_DAYS} days old: start a new run'`)),
  };
}

/** What was seen of all that were repaired so far, and of those of the last wave among them; and how many this execution may have changed. */
const SEEN = Object.fromEntries(['rejected', 'unseen', 'unanswered', 'ofWave', 'unseenOfWave', 'own'].map(count => [count, jsonata(`$sum($append([], $states.result.${count}))`)]));

/** Turns over a wave, watches what it refuses, and goes on to the next one. */
export function waves(props: DefinitionProps): States {
  return {
    'Is a wave left': choice([['$wave < $count($append([], $plan.waves))', 'Begin a wave']], 'Is anything to be taken'),
    'Begin a wave': isStopped('May the wave begin'),
    'May the wave begin': choice([['$isStopped', 'It was stopped']], 'Note that it begins'),
    'Note that it begins': put(keyOf(BEGUN), "{'by': $states.context.Execution.Id, 'at': $states.context.State.EnteredTime}", 'Take turns'),
    'It was stopped': pass({ error: 'Stopped', problem: 'the run was stopped' }, 'Is anything to be taken'),
    ...lock('Take turns', 'Is it the first wave of its own accord'),
    ...taking('Repair', 'Report'),
    'Repair': children(jsonata('$append([], $append([], $plan.waves)[$wave].slices)'), {
      ...FOR_ALL, slice: ITEM, wave: jsonata('$wave'), execution: jsonata('$states.context.Execution.Id'), plannedAt: jsonata('$plan.at'),
    }, repairPage(), 'Let others', {
      assign: {
        turned: jsonata('$sum($append([], $states.result.turned))'),
        failed: jsonata('$sum($append([], $states.result.failed))'),
        isWatched: jsonata('$sum($append([], $states.result.turned)) = 0'),
      },
      catchers: cutOff('A wave was cut off', 'WaveFailed', 'a wave', { isWatched: false }),
    }),
    'Let others': inAnyCase(unlock('Was anything changed')),
    'A wave was cut off': unlock('Was it stopped meanwhile'),
    'Was it stopped meanwhile': isStopped('Some may be repaired'),
    'Some may be repaired': pass({
      isWatched: false,
      error: jsonata("$isStopped ? 'Stopped' : $error"),
      problem: jsonata("$isStopped ? 'the run was stopped' : $problem"),
    }, 'Begin to watch'),
    'Was anything changed': choice([['$turned = 0 and $failed > 0', 'Nothing could be changed'], ['$turned = 0', 'Next wave']], 'Begin to watch'),
    'Nothing could be changed': pass({ error: 'NothingCanBeChanged', problem: jsonata("'a wave changed nothing, and ' & $failed & ' instances could not be changed'") }, 'Report'),
    'Begin to watch': pass({ look: 0 }, 'Watch'),
    'Watch': wait(jsonata('$config.lookAfter'), 'Look'),
    'Look': children(jsonata('$append([], $distinct($append([], $plan.waves)[[0..$wave]].slices.page))'), {
      ...FOR_ALL, page: ITEM, wave: jsonata('$wave'), execution: jsonata('$states.context.Execution.Id'),
    }, lookAtPage(), 'Was anything refused', {
      assign: { ...SEEN, look: jsonata('$look + 1') },
      catchers: [{ ErrorEquals: ['States.ALL'], Next: 'Is a look left', Assign: { look: jsonata('$look + 1') } }],
    }),
    'Is a look left': choice([['$look < $config.looks', 'Watch']], 'The watch failed'),
    'The watch failed': pass({ error: 'WatchFailed', problem: 'the last check of the watch failed, see the map run of this execution' }, 'Some are not watched'),
    'Was anything refused': choice([
      ['$rejected > $config.maxRejectedCalls', 'Too many calls are refused'],
      ['$look < $config.looks', 'Watch'],
      ["$not($error in ['', 'Stopped'])", 'Some are not watched'],
      ['$ofWave > 0 and $unseenOfWave = $ofWave or $unanswered > 0', 'Was it to be stopped'],
      ["$error = 'Stopped'", 'Report'],
    ], 'Next wave'),
    'Was it to be stopped': isStopped('Nobody could watch'),
    'Nobody could watch': pass({
      error: 'Unwatched',
      problem: jsonata("'CloudWatch did not return the refused IMDSv1 calls of ' & $max([$unseenOfWave, $unanswered]) & ' instances: ' & ($isStopped ? 'the run was stopped, and nothing watches them: if in doubt, roll back' : 'start this run again later')"),
    }, 'Some are not watched'),
    'Some are not watched': pause("'some instances were not watched to the end'", 'Report', PATIENT),
    'Next wave': pass({ wave: jsonata('$wave + 1'), isWatched: true }, 'Is a wave left'),
    'Too many calls are refused': pass({
      error: 'RejectedCalls',
      problem: jsonata("$rejected & ' IMDSv1 calls were refused (maxRejectedCalls is ' & $config.maxRejectedCalls & ')'"),
    }, 'End the run'),
    'End the run': inAnyCase(stop('$problem', 'Let no other one begin by itself')),
    'Let no other one begin by itself': inAnyCase(pause("'IMDSv1 calls were refused'", props.rollbackArn === undefined ? 'Report' : 'Did this execution do it')),
    ...props.rollbackArn === undefined ? {} : takeBack(props.rollbackArn),
  };
}

/**
 * Starts the rollback of this run, and of no other: it is another state machine, since this one has no right to make tokens optional.
 *
 * An execution that turned nobody over takes nothing back: whoever may start runs could have any of them taken back otherwise.
 *
 * It writes the report, and is not waited for. Its name is told by this execution, so that a second attempt starts no second one.
 */
function takeBack(StateMachineArn: string): States {
  return {
    'Did this execution do it': choice([['$own > 0', 'Take it back']], 'It did not'),
    'It did not': pass({
      problem: jsonata("$problem & ', and there is no automatic rollback because another execution changed these instances'"),
    }, 'Report'),
    'Take it back': call('sfn:startExecution', {
      StateMachineArn,
      Name: jsonata("$hash($states.context.Execution.Id, 'SHA-256')"),
      Input: jsonata("$string({'run': $run, 'refusing': $config.onRejected = 'refused'})"),
    }, 'It is taken back', {
      assign: { rollback: jsonata('$states.result.ExecutionArn') },
      retry: [{ ErrorEquals: STARTED, MaxAttempts: 0 }, ...RETRY],
      catchers: [
        { ErrorEquals: STARTED, Next: 'It is taken back', Assign: { rollback: 'that was started earlier' } },
        { ErrorEquals: ['States.ALL'], Next: 'Report', Assign: { problem: jsonata("$problem & ', and the rollback could not be started'") } },
      ],
    }),
    'It is taken back': pass({
      problem: jsonata(`$problem & ': the execution ' & $rollback & ' rolls them back and writes its report to s3://' & $config.bucket & '/' & ${keyOf('report.json')}`),
    }, 'Did it begin by itself'),
  };
}

const STARTED = ['Sfn.ExecutionAlreadyExistsException', 'Sfn.ExecutionAlreadyExists'];
