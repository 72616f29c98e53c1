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
    'Read the request': pass({
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
    }, 'Check the request'),
    'Check the request': pass({ problem: jsonata(PROBLEM) }, 'Is the request sound'),
    'Is the request sound': choice([["$problem != ''", 'Refuse the request']], 'Look for the plan'),
    'Refuse the request': fail('BadRequest', jsonata('$problem')),
    ...readPlan('Look whether it began'),
    'Look whether it began': look(keyOf(BEGUN), 'hasBegun', 'Did it begin'),
    'Did it begin': choice([['$hasBegun', 'Read why it ended']], 'There is nothing to take back'),
    'Read why it ended': isStopped('Stop the run'),
    'There is nothing to take back': fail('NothingToTakeBack', jsonata("'the run ' & $run & ' has not changed anything, and its plan can still be used'")),
    'Stop the run': stop('$reason', 'Let none begin by itself'),
    'Let none begin by itself': pause("'it was rolled back'", 'Wait for others'),
  };
}

/** Takes back what the run did. */
export function rollBack(): States {
  return {
    ...lock('Wait for others', 'It waits no more', { rounds: 15, seenAs: 'rollback' }),
    'It waits no more': inAnyCase(leave('rollback', 'Roll back')),
    'Roll back': children(jsonata('$append([], [0..$plan.pages - 1][$ < $plan.pages])'), {
      ...FOR_ALL, page: ITEM, execution: jsonata('$states.context.Execution.Id'), only: jsonata('$only'), ids: jsonata('$ids'), withUnconfirmed: jsonata('$withUnconfirmed'),
    }, rollBackPage(), 'Let others after it', {
      assign: { wanted: jsonata('$sum($append([], $states.result.wanted))'), unasked: jsonata('$sum($append([], $states.result.unasked))') },
      catchers: cutOff('Let others after it', 'RollbackFailed', 'the rollback'),
    }),
    'Let others after it': unlock('Was anybody meant'),
    'Was anybody meant': choice([["$error = '' and $unasked > 0", 'Not all could be asked'], ["$error = '' and $wanted = 0 and ($count($ids) > 0 or $only = 'refused')", 'Nobody was meant']], 'Report'),
    'Not all could be asked': pass({
      error: 'Incomplete',
      problem: jsonata("'CloudWatch did not return the refused calls of ' & $unasked & ' instances: these were not rolled back'"),
    }, 'Report'),
    'Nobody was meant': pass({
      error: 'NothingTakenBack',
      problem: jsonata("$only = 'refused' ? 'no instance that is still to be rolled back has refused calls: name the instances in instanceIds, or add unconfirmed: true for unconfirmed ones' : 'the run did not change these instances, or already rolled them back, or they are unconfirmed and need unconfirmed: true: ' & $join($ids, ', ')"),
    }, 'Report'),
  };
}

const PROBLEM = `${problems(['run', 'instanceIds', 'unconfirmed', 'refusing'])}
  : $count(['unconfirmed', 'refusing'][$ in $keys($request) and $type($lookup($request, $)) != 'boolean']) > 0
    ? 'unconfirmed and refusing must be true or false, got ' & $string($request)
  : ''`;
