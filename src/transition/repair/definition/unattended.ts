import { claim, leave, unlock } from './lock';
import { readPause } from './notes';
import { FINDINGS, foundKey, get, pageKey, put, READ } from './objects';
import { record } from './repairing';
import { PAGE } from './selecting';
import type { RepairSettings } from './settings';
import type { State, States, Steps } from './states';
import { call, children, choice, cutOff, END, end, fail, FOR_ALL, ITEM, jsonata, pass, PATIENT, succeed, turns, wait } from './states';

/** How many seconds a run waits for more findings, and the delay of the first run after a failed one. */
const GATHERING = 300;
const FIRST_DELAY = 3600;

/** The most retries of findings after a failed run: after 1, 2, 4, 8 and 16 hours. */
export const MOST_ATTEMPTS = 5;

/** The most pages of findings for one run, because of its history limit. The next run takes the rest. */
const MOST_TAKEN = 300;

/** The finding that stands for all selected instances. It sorts before all ids. */
const ALL = 'all';
const HAS_ALL = `$count($states.result.Contents[Key = ${FINDINGS} & '${ALL}']) > 0`;

/**
 * Starts an automatic run: on the schedule, or after a finding of AWS Config.
 *
 * It first stores the findings, which stay stored until they are in a plan. Only one automatic run is active. The next one takes the findings that
 * were stored in the meantime. So a thousand findings become one or two runs, in waves.
 */
export function unattended(settings: RepairSettings): States {
  return {
    'Record what to repair': turns(jsonata(`$isByFindings ? $append([], $found) : ['${ALL}']`), 1, {
      StartAt: 'Record one finding', States: { 'Record one finding': put(`${FINDINGS} & $states.input`, NOTE, END, PATIENT) },
    }, 'Take the turn', {}),
    ...claim('turn', 'Take the turn', 'Read the pause', 'Joined another run'),
    'Joined another run': succeed(`{
      'run': $run, 'mode': $mode, 'outcome': 'joined', 'because': 'an automatic run is active, and another one follows it: ' & $holder
    }`),
    ...pauses(),
    ...listFindings(settings),
  };
}

/** The contents of a finding object. */
const NOTE = "{'at': $states.context.State.EnteredTime}";

const IS_PAUSED = "$pausedUntil = '' ? false : $toMillis($pausedUntil) > $toMillis($states.context.State.EnteredTime)";

/**
 * During a pause, one execution waits for its end, and then starts another run. It does not hold the turn, so that a person can end the pause
 * earlier.
 */
function pauses(): States {
  return {
    'Read the pause': readPause('Is there a pause'),
    'Is there a pause': choice([[IS_PAUSED, 'Release the turn during the pause'], ['$isByFindings', 'Wait for more findings']], 'Start with the findings'),
    'Read the pause again': readPause('Is there a pause now'),
    'Is there a pause now': choice([[IS_PAUSED, 'Release the turn during the pause']], 'Start with the findings'),
    'Release the turn during the pause': leave('turn', 'Claim the wait'),
    ...claim('wait', 'Claim the wait', 'Wait for the end of the pause', 'Paused'),
    'Wait for the end of the pause': {
      ...wait(jsonata('$max([1, $ceil(($toMillis($pausedUntil) - $toMillis($states.context.State.EnteredTime)) / 1000)])'), 'Release the wait'),
      Assign: { hasWaited: true },
    },
    'Release the wait': leave('wait', 'Look for waiting findings'),
    'Paused': succeed(`{
      'run': $run, 'mode': $mode, 'outcome': 'paused',
      'because': 'the run ' & $pausedBy & ' ended (' & $pausedSince & '): no run starts automatically before ' & $pausedUntil & ' unless an execution with the mode resume ends the pause'
    }`),
  };
}

/** Lists the stored findings, page by page. If all selected instances are requested, they are listed as in any other run. */
function listFindings({ rule }: RepairSettings): States {
  return {
    'Wait for more findings': wait(jsonata(`$attempt = 0 ? ${GATHERING} : ${FIRST_DELAY} * $power(2, $attempt - 1)`), 'Read the pause again'),
    'Start with the findings': pass({ after: jsonata(FINDINGS), isWhole: rule !== undefined }, 'List findings'),
    'List findings': call('s3:listObjectsV2', {
      Bucket: jsonata('$config.bucket'), Prefix: jsonata(FINDINGS), StartAfter: jsonata('$after'), MaxKeys: PAGE,
    }, 'Are there findings', {
      assign: {
        found: jsonata("$append([], $map($append([], $states.result.Contents.Key), function($key) {$substringAfter($key, '/findings/')}))"),
        isWhole: jsonata(`$isWhole or ${HAS_ALL}`),
        isAll: jsonata(`$isAll or ${HAS_ALL}`),
      },
    }),
    'Are there findings': choice([[`$count($found) = 0 or $page >= ${MOST_TAKEN}`, 'All findings are listed']], 'Write a page of findings'),
    'Write a page of findings': put(foundKey('$isWhole'), '$found', 'Go to the next page of findings'),
    'Go to the next page of findings': pass({ page: jsonata('$page + 1'), after: jsonata(`${FINDINGS} & $found[-1]`) }, 'List findings'),
    'All findings are listed': pass({ taken: jsonata('$page'), page: jsonata('$isWhole ? 0 : $page') }, 'Is every instance requested'),
    'Is every instance requested': choice([['$isWhole', 'List instances']], 'Find ECS clusters'),
  };
}

/**
 * Deletes the planned findings when the first wave has the lock, or if there is no wave. If a pause prevents the first wave, the findings stay
 * stored.
 *
 * @param first the state before the first wave
 * @param next the state if there is no wave
 */
export function taking(first: string, next: string): States {
  return {
    'Is it the first automatic wave': choice([['$isUnattended and $wave = 0 and $yields = 0', 'Read the pause before the first wave']], first),
    'Read the pause before the first wave': readPause('Can the first wave start'),
    'Can the first wave start': choice([[IS_PAUSED, 'Release the lock during the pause'], ['$taken > 0', 'Delete planned findings']], first),
    'Release the lock during the pause': unlock('Release the turn during the pause'),
    'Are planned findings left': choice([['$taken > 0', 'Delete planned findings']], next),
    'Delete planned findings': children(jsonata('$append([], [0..$taken - 1])'), { ...FOR_ALL, page: ITEM, isWhole: jsonata('$isWhole') }, takePage(), 'Is there a wave', {
      assign: { taken: 0, areTaken: true }, catchers: cutOff('Release the lock after a failed call', 'FindingsStay', 'taking the findings', { areTaken: true }),
    }),
    'Is there a wave': choice([["$error = '' and $count($append([], $plan.waves)) > 0", first]], next),
  };
}

/**
 * Whether findings must be stored again because the run ended before it reached them. A schedule requests its instances again. A run that was stopped
 * without a pause must not be repeated.
 */
export const ARE_LEFT = "$error != '' and $areTaken and $not($isAll) and ($error != 'Stopped' or $config.pauseSeconds > 0)";

/** Stores again the ready instances of the plan that the run did not reach. */
export function noteAgain(next: string): State {
  return children(jsonata('$append([], [0..$plan.pages - 1][$ < $plan.pages])'), { ...FOR_ALL, page: ITEM }, {
    StartAt: 'Not reached - start',
    States: {
      'Not reached - start': pass({
        config: jsonata('$states.input.config'), run: jsonata('$states.input.run'), page: jsonata('$states.input.page'), record: {},
      }, 'Not reached - read the plan'),
      'Not reached - read the plan': get(pageKey('plan'), { ready: jsonata(`$append([], ${READ}[is = 'ready'].id)`) }, 'Not reached - look for the record'),
      ...record('Not reached', 'Not reached - record findings'),
      'Not reached - record findings': turns(jsonata('$append([], $ready[$not($exists($lookup($record, $)))])'), 10, {
        StartAt: 'Not reached - record one finding',
        States: { 'Not reached - record one finding': put(`${FINDINGS} & $states.input`, NOTE, END, PATIENT) },
      }, 'Not reached - end', {}),
      'Not reached - end': end({}),
    },
  }, next);
}

/** A child execution that deletes a page of findings. */
function takePage(): Steps {
  return {
    StartAt: 'Findings - start',
    States: {
      'Findings - start': pass({
        config: jsonata('$states.input.config'), run: jsonata('$states.input.run'), page: jsonata('$states.input.page'), isWhole: jsonata('$states.input.isWhole'),
      }, 'Findings - read'),
      'Findings - read': get(foundKey('$isWhole'), { found: jsonata(`$append([], ${READ})`) }, 'Findings - delete'),
      'Findings - delete': call('s3:deleteObjects', {
        Bucket: jsonata('$config.bucket'), Delete: { Objects: jsonata(`$append([], $map($found, function($id) {{'Key': ${FINDINGS} & $id}}))`) },
      }, 'Findings - are all deleted', { assign: { left: jsonata('$count($states.result.Errors)') } }),
      'Findings - are all deleted': choice([['$left > 0', 'Findings - findings not deleted']], 'Findings - end'),
      'Findings - findings not deleted': fail('FindingsStay', jsonata(`$left & ' findings could not be deleted below s3://' & $config.bucket & '/' & ${FINDINGS}`)),
      'Findings - end': end({}),
    },
  };
}
