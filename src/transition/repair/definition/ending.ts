import { leave, unlock } from './lock';
import { resume } from './notes';
import { FINDINGS, look } from './objects';
import type { States } from './states';
import { call, caught, choice, inAnyCase, jsonata, pass, succeed } from './states';
import { AGAIN } from './stopping';
import { ARE_LEFT, MOST_ATTEMPTS, noteAgain } from './unattended';

/** The console can create an object with the key of the folder itself. It is not a finding. */
const AFTER_THE_FOLDER = { StartAfter: jsonata(FINDINGS) };

/**
 * Ends an execution. If findings are waiting, an automatic run starts the next one, whether it succeeded or failed. A pause that ends does the same.
 *
 * Findings that a failed run did not reach stay stored, or are stored again. The next run tries them again, each time after a longer delay.
 */
export function ending(): States {
  return {
    'Release the lock after a failed call': inAnyCase(unlock('Was a wave not watched')),
    'Was a wave not watched': choice([['$not($isWatched) and $broken = 1', 'Pause automatic runs after an unwatched wave']], 'Is it an automatic run'),
    'Is it an automatic run': choice([['$isUnattended', 'Count the failed attempts']], 'Was it successful'),
    'Count the failed attempts': pass({ attempt: jsonata("$error = '' ? 0 : $attempt + 1") }, 'Are findings not reached'),
    'Are findings not reached': choice([[ARE_LEFT, 'Record findings that were not reached']], 'Release the turn'),
    'Record findings that were not reached': inAnyCase(noteAgain('Release the turn')),
    'Release the turn': inAnyCase(leave('turn', 'Look for waiting findings')),
    ...caught({ 'End the pause': resume('Look for waiting findings') }, 'Was it successful', AGAIN),
    'Look for waiting findings': inAnyCase(look(FINDINGS, 'isWaiting', 'Are findings waiting', AFTER_THE_FOLDER), { isWaiting: true }),
    'Are findings waiting': choice([[`$isWaiting and $attempt <= ${MOST_ATTEMPTS}`, 'Start the next run']], 'Was it resumed or paused'),
    'Start the next run': inAnyCase(call('sfn:startExecution', {
      StateMachineArn: jsonata('$states.context.StateMachine.Id'),
      Name: jsonata("$hash($states.context.Execution.Id & ' another', 'SHA-256')"),
      Input: jsonata("$string({'mode': 'repair', 'found': [], 'attempt': $attempt})"),
    }, 'Was it resumed or paused')),
    'Was it resumed or paused': choice([["$mode = 'resume'", 'Resumed'], ["$error = '' and $hasWaited", 'Paused']], 'Was it successful'),
    'Resumed': succeed("{'mode': $mode, 'outcome': 'done', 'because': 'runs start automatically again'}"),
  };
}
