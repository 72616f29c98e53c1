import { isStopped, pause, stop } from './notes';
import { BEGUN, get, HAS_CONTENTS, keyOf, look, READ } from './objects';
import type { States, Words } from './states';
import { call, caught, choice, fail, inAnyCase, jsonata, succeed } from './states';

const SOMEBODY = "'somebody stopped it'";

/** The text for a failed call that a person can repeat. */
export const AGAIN: Words = { error: 'CallFailed', advice: "': start this execution again with the same input'" };

/**
 * Stops a run that the input names. No further wave starts. A wave that is running ends after its current page, and is watched to the end. The
 * changes of the run stay. Automatic runs are paused, because the next one would otherwise continue the stopped work.
 */
export function stopping(): States {
  return {
    ...caught({
      'Look for the run': look(keyOf(''), 'isThere', 'Does the run exist'),
      'Look whether the run ended': isStopped('Has the run already ended'),
      'Pause automatic runs after the stop': pause(SOMEBODY, 'Stop the run'),
      'Stop the run': stop(SOMEBODY, 'Look whether it started a wave'),
    }, 'Was it successful', AGAIN),
    'Does the run exist': choice([['$isThere', 'Look whether the run ended']], 'Run not found'),
    'Run not found': fail('NoSuchRun', jsonata("'there is no run ' & $run")),
    'Has the run already ended': choice([['$isStopped', 'Stop recorded']], 'Pause automatic runs after the stop'),
    ...findWatcher(),
    'Stop recorded': succeed("{'run': $run, 'mode': $mode, 'outcome': 'done', 'because': $isStopped ? 'it had already ended' : $watch}"),
  };
}

const STOPPED = 'it starts no more waves and keeps what it repaired';

/** Sets `$watch` to a text about whether an execution still watches the repaired instances. That execution may have ended. */
function findWatcher(): States {
  const unknown = { watch: `${STOPPED}: its execution, if it still runs, watches the repaired instances` };
  const ended = { watch: `${STOPPED}. Its execution has ended, so nothing watches the repaired instances: if in doubt, roll back` };
  const describe = call('sfn:describeExecution', { ExecutionArn: jsonata('$starter') }, 'Stop recorded', {
    assign: { watch: jsonata(`$states.result.Status = 'RUNNING' ? '${STOPPED}: its execution watches the repaired instances' : '${ended.watch}'`) },
    catchers: [{ ErrorEquals: ['Sfn.ExecutionDoesNotExistException', 'Sfn.ExecutionDoesNotExist'], Next: 'Stop recorded', Assign: ended }],
  });
  const begun = look(keyOf(BEGUN), 'hasBegun', 'Did it start a wave');
  return {
    'Look whether it started a wave': inAnyCase({
      ...begun, Assign: { hasBegun: jsonata(HAS_CONTENTS), watch: jsonata(`${HAS_CONTENTS} ? '' : 'it starts no waves, and has changed nothing'`) },
    }, { ...unknown, hasBegun: false }),
    'Did it start a wave': choice([['$hasBegun', 'Read which execution started it']], 'Stop recorded'),
    'Read which execution started it': inAnyCase(get(keyOf(BEGUN), { starter: jsonata(`${READ}.by`) }, 'Describe that execution'), { starter: '-' }),
    'Describe that execution': inAnyCase(describe, unknown),
  };
}
