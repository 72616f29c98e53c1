import { isStopped, pause, stop } from './notes';
import { keyOf, look } from './objects';
import type { States } from './states';
import { choice, fail, jsonata, succeed } from './states';

const SOMEBODY = "'somebody stopped it'";

/**
 * Stops a run that somebody names. No wave of it begins any more, and a wave that is at work ends with the page that it is at; it is watched to the end.
 * What the run did stays. None begins by itself for a while, or the next one would do what this one was stopped from.
 */
export function stopping(): States {
  return {
    'Look for the run': look(keyOf(''), 'isThere', 'Does the run exist'),
    'Does the run exist': choice([['$isThere', 'Look whether the run ended']], 'Run not found'),
    'Run not found': fail('NoSuchRun', jsonata("'there is no run ' & $run")),
    'Look whether the run ended': isStopped('Has the run already ended'),
    'Has the run already ended': choice([['$isStopped', 'Stop recorded']], 'Pause automatic runs after the stop'),
    'Pause automatic runs after the stop': pause(SOMEBODY, 'Stop the run'),
    'Stop the run': stop(SOMEBODY, 'Stop recorded'),
    'Stop recorded': succeed(`{
      'run': $run, 'mode': $mode, 'outcome': 'done',
      'because': $isStopped ? 'it had already ended' : 'it starts no more waves and keeps what it repaired: its execution, if it still runs, watches the repaired instances'
    }`),
  };
}
