import { IDS, problems } from './begin';
import { leave, lock, unlock } from './lock';
import { isStopped, pause, stop } from './notes';
import { BEGUN, keyOf, look } from './objects';
import { readPlan } from './plan';
import { rollBackPage } from './rolling-back';
import type { RollbackSettings } from './settings';
import type { States } from './states';
import { children, choice, cutOff, EMPTY, fail, FOR_ALL, inAnyCase, ITEM, jsonata, pass } from './states';

/** Reads which run is to be taken back. One that changed nothing stays as it is, so that its plan can still be carried out. */
export function beginRollback(settings: RollbackSettings): States {
  return {
    'Read the input': pass({
      config: settings,
      request: jsonata('$states.input'),
      mode: 'rollback',
      ids: jsonata(IDS),
      run: jsonata("$exists($states.input.run) ? $states.input.run : ''"),
      withUnconfirmed: jsonata('$states.input.unconfirmed = true'),
      only: jsonata("$states.input.refusing = true ? 'refused' : 'all'"),
      problem: EMPTY,
      error: EMPTY,
      where: EMPTY,
      unseen: 0,
      wanted: 0,
      unasked: 0,
    }, 'Validate the input'),
    'Validate the input': pass({ problem: jsonata(PROBLEM) }, 'Is the input valid'),
    'Is the input valid': choice([["$problem != ''", 'Reject the input']], 'Look for the plan'),
    'Reject the input': fail('BadRequest', jsonata('$problem')),
    ...readPlan('Look whether a wave started'),
    'Look whether a wave started': look(keyOf(BEGUN), 'hasBegun', 'Did a wave start'),
    'Did a wave start': choice([['$hasBegun', 'Read whether the run ended']], 'Nothing to roll back'),
    'Read whether the run ended': isStopped('Stop the run'),
    'Nothing to roll back': fail('NothingToTakeBack', jsonata("'the run ' & $run & ' has not changed anything, and its plan can still be used'")),
    'Stop the run': stop('$reason', 'Pause automatic runs'),
    'Pause automatic runs': pause("'it was rolled back'", 'Get the lock'),
  };
}

/** Takes back what the run did. */
export function rollBack(): States {
  return {
    ...lock('Get the lock', 'Stop telling that it waits', { rounds: 15, seenAs: 'rollback' }),
    'Stop telling that it waits': inAnyCase(leave('rollback', 'Roll back')),
    'Roll back': children(jsonata('$append([], [0..$plan.pages - 1][$ < $plan.pages])'), {
      ...FOR_ALL, page: ITEM, execution: jsonata('$states.context.Execution.Id'), only: jsonata('$only'), ids: jsonata('$ids'), withUnconfirmed: jsonata('$withUnconfirmed'),
    }, rollBackPage(), 'Release the lock', {
      assign: { wanted: jsonata('$sum($append([], $states.result.wanted))'), unasked: jsonata('$sum($append([], $states.result.unasked))') },
      catchers: cutOff('Release the lock', 'RollbackFailed', 'the rollback'),
    }),
    'Release the lock': unlock('Were instances found'),
    'Were instances found': choice([["$error = '' and $unasked > 0", 'Refused calls unknown'], ["$error = '' and $wanted = 0 and ($count($ids) > 0 or $only = 'refused')", 'No matching instances']], 'Report'),
    'Refused calls unknown': pass({
      error: 'Incomplete',
      problem: jsonata("'CloudWatch did not return the refused calls of ' & $unasked & ' instances: these were not rolled back'"),
    }, 'Report'),
    'No matching instances': pass({
      error: 'NothingTakenBack',
      problem: jsonata("$only = 'refused' ? 'no instance that is still to be rolled back has refused calls: name the instances in instanceIds, or add unconfirmed: true for unconfirmed ones' : 'the run did not change these instances, or already rolled them back, or they are unconfirmed and need unconfirmed: true: ' & $join($ids, ', ')"),
    }, 'Report'),
  };
}

const PROBLEM = `${problems(['run', 'instanceIds', 'unconfirmed', 'refusing'])}
  : $count(['unconfirmed', 'refusing'][$ in $keys($request) and $type($lookup($request, $)) != 'boolean']) > 0
    ? 'unconfirmed and refusing must be true or false, got ' & $string($request)
  : ''`;
