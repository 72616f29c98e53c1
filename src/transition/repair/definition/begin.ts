import type { RepairSettings } from './settings';
import type { States } from './states';
import { choice, EMPTY, fail, jsonata, pass } from './states';
import { MOST_ATTEMPTS } from './unattended';

/** Reads the input of an execution, and rejects it if it is not valid. */
export function begin(settings: RepairSettings): States {
  return {
    'Read the input': pass({
      config: settings,
      request: jsonata('$states.input'),
      mode: jsonata("$exists($states.input.mode) ? $states.input.mode : 'plan'"),
      ids: jsonata(IDS),
      found: jsonata('$append([], $distinct($states.input.found))'),
      isByFindings: jsonata('$exists($states.input.found)'),
      isUnattended: jsonata('$states.input.unattended = true or $exists($states.input.found)'),
      isNew: jsonata('$not($exists($states.input.run))'),
      run: jsonata(`$exists($states.input.run) ? $states.input.run : ${NEW_RUN}`),
      page: 0,
      token: EMPTY,
      listed: 0,
      remembered: [],
      clusters: [],
      wave: 0,
      own: 0,
      isWatched: true,
      yields: 0,
      yielded: 0,
      hasBegun: false,
      areTaken: false,
      isAll: false,
      attempt: jsonata('$exists($states.input.attempt) ? $states.input.attempt : 0'),
      taken: 0,
      broken: 0,
      hasWaited: false,
      where: EMPTY,
      reason: EMPTY,
      begun: 0,
      problem: EMPTY,
      error: EMPTY,
      unseen: 0,
    }, 'Validate the input'),
    'Validate the input': pass({ problem: jsonata(PROBLEM) }, 'Is the input valid'),
    'Is the input valid': choice([
      ["$problem != ''", 'Reject the input'],
      ["$mode = 'resume'", 'End the pause'],
      ["$mode = 'stop'", 'Look for the run'],
      ['$isUnattended', 'Record what to repair'],
      ['$not($isNew)', 'Read whether the run ended'],
      // With a Config rule, named instances are looked up among its findings, so the input cannot add others.
      ...settings.rule === undefined ? [['$count($ids) > 0', 'Use the named instances'] as const] : [],
    ], 'List instances'),
    'Reject the input': fail('BadRequest', jsonata('$problem')),
  };
}

/** The instances in the input, without duplicates. */
export const IDS = '$append([], $distinct($states.input.instanceIds))';

/** The name of a run: its start time, so that a list of runs is in order, and the name of its execution. */
const NEW_RUN = "$fromMillis($toMillis($states.context.Execution.StartTime), '[Y0001][M01][D01]T[H01][m01][s01]Z') & '-' & $replace($states.context.Execution.Name, /[^A-Za-z0-9_-]/, '-')";

const NO_ID = "$type($) != 'string' or $not($contains($string($), /^i-[0-9a-f]+$/))";

/** The most instances in an input, and the most findings. They are passed to child executions, so they must fit into a state. */
const [MOST_NAMED, MOST_FOUND] = [5000, 500];

/** The key that a workflow adds to the input of another workflow, so that the console can link them. */
const STARTED_BY = 'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID';

/** An expression for what is wrong with an input: other keys than these, invalid instance ids, or an invalid run name. */
export function problems(keys: readonly string[]): string {
  const said = `${keys.slice(0, -1).join(', ')} and ${keys[keys.length - 1]}`;
  return `
  $type($request) != 'object' ? 'the input must be an object, got ' & $string($request)
  : $count($keys($request)[$not($ in ${JSON.stringify([...keys, STARTED_BY]).replace(/"/g, "'")})]) > 0 ? 'the input takes ${said}, got ' & $join($append([], $keys($request)), ', ')
  : 'instanceIds' in $keys($request) and $count($ids) = 0 ? 'instanceIds must name an instance, got ' & $string($request.instanceIds)
  : $count($ids[${NO_ID}]) > 0 ? 'instanceIds must be instance ids, got ' & $string($ids)
  : $count($ids) > ${MOST_NAMED} ? 'instanceIds must name ${MOST_NAMED} instances at most, got ' & $count($ids)
  : $type($run) != 'string' or $not($contains($run, /^[A-Za-z0-9_-]{1,120}$/)) ? 'run must be the name of a run, got ' & $string($run)`;
}

const PROBLEM = `${problems(['mode', 'run', 'instanceIds', 'found', 'unattended', 'attempt'])}
  : $mode = 'rollback' ? 'mode must be plan, repair, stop or resume, got rollback: start the rollback state machine'
  : $not($mode in ['plan', 'repair', 'stop', 'resume']) ? 'mode must be plan, repair, stop or resume, got ' & $string($mode)
  : 'unattended' in $keys($request) and $type($request.unattended) != 'boolean' ? 'unattended must be true or false, got ' & $string($request.unattended)
  : $count($found[${NO_ID}]) > 0 ? 'found must be instance ids, got ' & $string($found)
  : $count($found) > ${MOST_FOUND} ? 'found must name ${MOST_FOUND} instances at most, got ' & $count($found)
  : 'attempt' in $keys($request) and $not($attempt in [0..${MOST_ATTEMPTS}] and $isByFindings) ? 'attempt must be 0 to ${MOST_ATTEMPTS}, with found, got ' & $string($request)
  : ($isUnattended or $mode = 'resume') and ($not($isNew) or $count($ids) > 0) ? 'run and instanceIds must not be given for automatic runs, got ' & $string($request)
  : $isUnattended and $mode != 'repair' ? 'found and unattended must be given with the mode repair, got ' & $mode
  : $mode = 'stop' and ($isNew or $count($ids) > 0) ? 'stop takes only the run to stop, got ' & $string($request)
  : $mode = 'plan' and $not($isNew) ? 'run must not be given with plan, got ' & $run
  : $mode = 'repair' and $not($isNew) and $count($ids) > 0 ? 'instanceIds must not be given with a run, which has its own plan, got ' & $string($ids)
  : ''`;
