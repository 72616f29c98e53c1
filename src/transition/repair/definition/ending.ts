import { leave, unlock } from './lock';
import { resume } from './notes';
import { FINDINGS, look } from './objects';
import type { States } from './states';
import { call, choice, inAnyCase, jsonata, pass, succeed } from './states';
import { MOST_ATTEMPTS } from './unattended';

/** An object with the name of the folder itself, as the console makes one, is no finding. */
const AFTER_THE_FOLDER = { StartAfter: jsonata(FINDINGS) };

/**
 * Ends an execution. One that began by itself lets the next one begin, where something is noted: however it ended, and also when a pause is lifted or over.
 *
 * A run that failed before its plan was written took nothing of it, so that the next one tries it again, later each time.
 */
export function ending(): States {
  return {
    'A call failed': inAnyCase(unlock('Is anything not watched')),
    'Is anything not watched': choice([['$not($isWatched) and $broken = 1', 'Some are not watched']], 'It failed'),
    'It failed': pass({ attempt: jsonata('$attempt + 1') }, 'Did it begin by itself'),
    'Did it begin by itself': choice([['$isUnattended', 'Leave the turn']], 'Did it end well'),
    'Leave the turn': inAnyCase(leave('turn', 'Look for what waits')),
    'Lift the pause': resume('Look for what waits'),
    'Look for what waits': inAnyCase(look(FINDINGS, 'isWaiting', 'Does anything wait', AFTER_THE_FOLDER), { isWaiting: true }),
    'Does anything wait': choice([[`$isWaiting and $attempt <= ${MOST_ATTEMPTS}`, 'Begin another run']], 'What came of it'),
    'Begin another run': inAnyCase(call('sfn:startExecution', {
      StateMachineArn: jsonata('$states.context.StateMachine.Id'),
      Name: jsonata("$hash($states.context.Execution.Id & ' another', 'SHA-256')"),
      Input: jsonata("$string({'mode': 'repair', 'found': [], 'attempt': $attempt})"),
    }, 'What came of it')),
    'What came of it': choice([["$mode = 'resume'", 'Resumed'], ["$error = '' and $hasWaited", 'It is paused']], 'Did it end well'),
    'Resumed': succeed("{'mode': $mode, 'outcome': 'done', 'because': 'runs start automatically again'}"),
  };
}
