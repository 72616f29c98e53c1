import type { RepairSettings } from './settings';
import type { States } from './states';
import { choice, EMPTY, fail, jsonata, pass } from './states';

/** Reads what an execution is asked to do, and refuses what it cannot make sense of. */
export function begin(settings: RepairSettings): States {
  return {
    'Read the request': pass({
      config: settings,
      request: jsonata('$states.input'),
      mode: jsonata("$exists($states.input.mode) ? $states.input.mode : 'plan'"),
      ids: jsonata('$append([], $distinct($states.input.instanceIds))'),
      isNew: jsonata('$not($exists($states.input.run))'),
      run: jsonata(`$exists($states.input.run) ? $states.input.run : ${NEW_RUN}`),
      withUnconfirmed: jsonata('$states.input.unconfirmed = true'),
      page: 0,
      token: EMPTY,
      clusters: [],
      wave: 0,
      only: 'all',
      problem: EMPTY,
      error: EMPTY,
      unseen: 0,
    }, 'Check the request'),
    'Check the request': pass({ problem: jsonata(PROBLEM) }, 'Is the request sound'),
    'Is the request sound': choice([
      ["$problem != ''", 'Refuse the request'],
      ["$mode = 'rollback'", 'Stop the run'],
      ['$not($isNew)', 'Is the run over'],
      // Findings that are named are looked for among all findings: the input takes nothing that the rule does not.
      ...settings.rule === undefined ? [['$count($ids) > 0', 'Take the named instances'] as const] : [],
    ], 'List instances'),
    'Refuse the request': fail('BadRequest', jsonata('$problem')),
  };
}

/** A run is called by when it began, so that a list of them is in order, and by its execution. */
const NEW_RUN = "$fromMillis($toMillis($states.context.Execution.StartTime), '[Y0001][M01][D01]T[H01][m01][s01]Z') & '-' & $states.context.Execution.Name";

const PROBLEM = `
  $type($request) != 'object' ? 'the input must be an object, got ' & $string($request)
  : $count($keys($request)[$not($ in ['mode', 'run', 'instanceIds', 'unconfirmed'])]) > 0
    ? 'the input takes mode, run, instanceIds and unconfirmed, got ' & $join($append([], $keys($request)), ', ')
  : 'instanceIds' in $keys($request) and $count($ids) = 0 ? 'instanceIds must name an instance, got ' & $string($request.instanceIds)
  : 'unconfirmed' in $keys($request) and $type($request.unconfirmed) != 'boolean' ? 'unconfirmed must be true or false, got ' & $string($request.unconfirmed)
  : $not($mode in ['plan', 'repair', 'rollback']) ? 'mode must be plan, repair or rollback, got ' & $string($mode)
  : $type($run) != 'string' or $not($contains($run, /^[A-Za-z0-9_-]{1,120}$/)) ? 'run must be the name of a run, got ' & $string($run)
  : $mode = 'rollback' and $isNew ? 'run must be given with rollback, got none'
  : $mode = 'plan' and $not($isNew) ? 'run must not be given with plan, got ' & $run
  : $mode = 'repair' and $not($isNew) and $count($ids) > 0 ? 'instanceIds must not be given with a run, whose plan says them, got ' & $string($ids)
  : $count($ids[$type($) != 'string' or $not($contains($string($), /^i-[0-9a-f]+$/))]) > 0 ? 'instanceIds must be ids of instances, got ' & $string($ids)
  : ''`;
