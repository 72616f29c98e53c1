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
    'Look for the run': look(keyOf(''), 'isThere', 'Is it there'),
    'Is it there': choice([['$isThere', 'Look whether it is over']], 'There is no such run'),
    'There is no such run': fail('NoSuchRun', jsonata("'there is no run ' & $run")),
    'Look whether it is over': isStopped('Is it over already'),
    'Is it over already': choice([['$isStopped', 'It is stopped']], 'Let none begin after it'),
    'Let none begin after it': pause(SOMEBODY, 'Stop it'),
    'Stop it': stop(SOMEBODY, 'It is stopped'),
    'It is stopped': succeed(`{
      'run': $run, 'mode': $mode, 'outcome': 'done',
      'because': $isStopped ? 'it had already ended' : 'it starts no more waves and keeps what it repaired: its execution, if it still runs, watches the repaired instances'
    }`),
  };
}
