import { claim, leave, unlock } from './lock';
import { readPause } from './notes';
import { FINDINGS, foundKey, get, put, READ } from './objects';
import { PAGE } from './selecting';
import type { RepairSettings } from './settings';
import type { States, Steps } from './states';
import { call, children, choice, cutOff, END, end, fail, FOR_ALL, ITEM, jsonata, pass, PATIENT, succeed, turns, wait } from './states';

/** For how many seconds findings come together before a run takes them, and how long the first run waits that follows one that failed. */
const GATHERING = 300;
const FIRST_DELAY = 3600;

/** How often what is noted is tried again after a run that failed before its plan was written: after 1, 2, 4, 8 and 16 hours. */
export const MOST_ATTEMPTS = 5;

/** How many pages of what is noted a run takes, as its history has room for. The next one takes the rest. */
const MOST_TAKEN = 300;

/** Stands among the findings where all that is selected is wanted: before any id, in the order of names. */
const ALL = 'all';

/**
 * Begins a run that nobody watches: by the schedule, or since AWS Config found an instance.
 *
 * What it is to look at is noted first, and stays so until it is in a plan. One of them is at work at a time, and the next one takes what is noted meanwhile:
 * a thousand findings are a run or two, in waves.
 */
export function unattended(settings: RepairSettings): States {
  return {
    'Note what is wanted': turns(jsonata(`$isByFindings ? $append([], $found) : ['${ALL}']`), 1, {
      StartAt: 'Note one', States: { 'Note one': put(`${FINDINGS} & $states.input`, "{'at': $states.context.State.EnteredTime}", END, PATIENT) },
    }, 'Take the turn', {}),
    ...claim('turn', 'Take the turn', 'Is it paused', 'It joins'),
    'It joins': succeed(`{
      'run': $run, 'mode': $mode, 'outcome': 'joined', 'because': 'an automatic run is active, and another one follows it: ' & $holder
    }`),
    ...pauses(),
    ...whatIsNoted(settings),
  };
}

const IS_PAUSED = "$pausedUntil = '' ? false : $toMillis($pausedUntil) > $toMillis($states.context.State.EnteredTime)";

/** In a pause one execution waits for its end, and begins another one then. It has no turn meanwhile, so that somebody can end the pause before. */
function pauses(): States {
  return {
    'Is it paused': readPause('May it begin by itself'),
    'May it begin by itself': choice([[IS_PAUSED, 'Leave the turn in a pause'], ['$isByFindings', 'Let findings come together']], 'Begin with what is noted'),
    'Is it paused by now': readPause('May it begin after all'),
    'May it begin after all': choice([[IS_PAUSED, 'Leave the turn in a pause']], 'Begin with what is noted'),
    'Leave the turn in a pause': leave('turn', 'Wait as the only one'),
    ...claim('wait', 'Wait as the only one', 'Wait for the end of the pause', 'It is paused'),
    'Wait for the end of the pause': {
      ...wait(jsonata('$max([1, $ceil(($toMillis($pausedUntil) - $toMillis($states.context.State.EnteredTime)) / 1000)])'), 'Wait no more'),
      Assign: { hasWaited: true },
    },
    'Wait no more': leave('wait', 'Look for what waits'),
    'It is paused': succeed(`{
      'run': $run, 'mode': $mode, 'outcome': 'paused',
      'because': 'the run ' & $pausedBy & ' ended (' & $pausedSince & '): no run starts automatically before ' & $pausedUntil & ' unless an execution with the mode resume ends the pause'
    }`),
  };
}

/** Reads what is noted, page by page. Where all is wanted, it is listed as for any other run. */
function whatIsNoted({ rule }: RepairSettings): States {
  return {
    'Let findings come together': wait(jsonata(`$attempt = 0 ? ${GATHERING} : ${FIRST_DELAY} * $power(2, $attempt - 1)`), 'Is it paused by now'),
    'Begin with what is noted': pass({ after: jsonata(FINDINGS), isWhole: rule !== undefined }, 'List what is noted'),
    'List what is noted': call('s3:listObjectsV2', {
      Bucket: jsonata('$config.bucket'), Prefix: jsonata(FINDINGS), StartAfter: jsonata('$after'), MaxKeys: PAGE,
    }, 'Is anything noted', {
      assign: {
        found: jsonata("$append([], $map($append([], $states.result.Contents.Key), function($key) {$substringAfter($key, '/findings/')}))"),
        isWhole: jsonata(`$isWhole or $count($states.result.Contents[Key = ${FINDINGS} & '${ALL}']) > 0`),
      },
    }),
    'Is anything noted': choice([[`$count($found) = 0 or $page >= ${MOST_TAKEN}`, 'That is what is noted']], 'Write down what is noted'),
    'Write down what is noted': put(foundKey('$isWhole'), '$found', 'Go on with what is noted'),
    'Go on with what is noted': pass({ page: jsonata('$page + 1'), after: jsonata(`${FINDINGS} & $found[-1]`) }, 'List what is noted'),
    'That is what is noted': pass({ taken: jsonata('$page'), page: jsonata('$isWhole ? 0 : $page') }, 'Is all wanted'),
    'Is all wanted': choice([['$isWhole', 'List instances']], 'Find clusters of containers'),
  };
}

/**
 * Takes what is in the plan from what is noted, when the first wave has the lock, or none is left: a run that may not begin its first wave leaves it noted.
 *
 * @param first what comes before the first wave
 * @param next what comes where there is no wave
 */
export function taking(first: string, next: string): States {
  return {
    'Is it the first wave of its own accord': choice([['$isUnattended and $wave = 0', 'Is it paused before the first wave']], first),
    'Is it paused before the first wave': readPause('May it change anything'),
    'May it change anything': choice([[IS_PAUSED, 'Let others in a pause'], ['$taken > 0', 'Take what is planned']], first),
    'Let others in a pause': unlock('Leave the turn in a pause'),
    'Is anything to be taken': choice([['$taken > 0', 'Take what is planned']], next),
    'Take what is planned': children(jsonata('$append([], [0..$taken - 1])'), { ...FOR_ALL, page: ITEM, isWhole: jsonata('$isWhole') }, takePage(), 'Is it for a wave', {
      assign: { attempt: 0, taken: 0 }, catchers: cutOff('A call failed', 'FindingsStay', 'taking the findings'),
    }),
    'Is it for a wave': choice([["$error = '' and $count($append([], $plan.waves)) > 0", first]], next),
  };
}

/** A child that takes a page of it. */
function takePage(): Steps {
  return {
    StartAt: 'Take - begin',
    States: {
      'Take - begin': pass({
        config: jsonata('$states.input.config'), run: jsonata('$states.input.run'), page: jsonata('$states.input.page'), isWhole: jsonata('$states.input.isWhole'),
      }, 'Take - read'),
      'Take - read': get(foundKey('$isWhole'), { found: jsonata(`$append([], ${READ})`) }, 'Take - delete'),
      'Take - delete': call('s3:deleteObjects', {
        Bucket: jsonata('$config.bucket'), Delete: { Objects: jsonata(`$append([], $map($found, function($id) {{'Key': ${FINDINGS} & $id}}))`) },
      }, 'Take - is it taken', { assign: { left: jsonata('$count($states.result.Errors)') } }),
      'Take - is it taken': choice([['$left > 0', 'Take - it stays']], 'Take - end'),
      'Take - it stays': fail('FindingsStay', jsonata(`$left & ' findings could not be deleted below s3://' & $config.bucket & '/' & ${FINDINGS}`)),
      'Take - end': end({}),
    },
  };
}
