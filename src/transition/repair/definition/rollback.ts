import { IDS, problems } from './begin';
import { leave, lock, unlock } from './lock';
import { isStopped, pause, stop } from './notes';
import { BEGUN, keyOf, look } from './objects';
import { readPlan } from './plan';
import { reporting } from './reporting';
import { rollBackPage } from './rolling-back';
import type { RollbackSettings } from './settings';
import type { States, Words } from './states';
import { caught, children, choice, cutOff, EMPTY, fail, FOR_ALL, inAnyCase, ITEM, jsonata, pass, wait } from './states';

/** Reads the input of a rollback. A run that has changed nothing is not ended, so its plan can still be used. */
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
      broken: 0,
      tries: 0,
      rounds: 0,
      failed: 0,
      mostTries: jsonata(`$states.input.automatic = true ? ${TRIES.automatic} : ${TRIES.byHand}`),
      plan: { pages: 0 },
    }, 'Validate the input'),
    'Validate the input': pass({ problem: jsonata(PROBLEM) }, 'Is the input valid'),
    'Is the input valid': choice([["$problem != ''", 'Reject the input']], 'Look for the plan'),
    'Reject the input': fail('BadRequest', jsonata('$problem')),
    ...caught({
      ...readPlan('Look whether a wave started'),
      'Look whether a wave started': look(keyOf(BEGUN), 'hasBegun', 'Did a wave start'),
      'Did a wave start': choice([['$hasBegun', 'Read whether the run ended']], 'Nothing to roll back'),
      'Read whether the run ended': isStopped('Stop the run'),
      'Nothing to roll back': fail('NothingToTakeBack', jsonata("'the run ' & $run & ' has not changed anything, and its plan can still be used'")),
      'Stop the run': stop('$reason', 'Pause automatic runs'),
      'Pause automatic runs': pause(ROLLED_BACK, 'Get the lock'),
    }, FAILED, WORDS),
  };
}

/** The number of tries, each after a longer delay: four hours for an automatic rollback, and some minutes if a person started it. */
const TRIES = { automatic: 12, byHand: 3 };

const ROLLED_BACK = "'it was rolled back'";

/** The next state after a failed call, and its text. */
const FAILED = 'Release the lock after a failed call';
const WORDS: Words = { error: 'RollbackFailed', advice: "': start this rollback again, which does the rest'" };

/** Releases the lock, and starts again after a delay. The records show what was already rolled back. */
function tryAgain(): States {
  return {
    [FAILED]: inAnyCase(unlock('Is it tried again')),
    'Is it tried again': choice([
      ["$tries < $mostTries and ($error = 'RollbackFailed' or $error = '' and $unasked + $failed > 0)", 'Wait before the next try'],
      ['$plan.pages = 0', 'Was it successful'],
    ], 'Did it wait for the lock'),
    'Wait before the next try': wait(jsonata('$min([1800, 60 * $power(2, $tries)])'), 'Try again'),
    'Try again': pass({ tries: jsonata('$tries + 1'), error: EMPTY, problem: EMPTY, unasked: 0, failed: 0, where: EMPTY }, 'Look for the plan'),
    // A short pause may have ended while the rollback waited.
    'Did it wait for the lock': choice([['$rounds > 0', 'Pause automatic runs again']], 'Were instances found'),
    'Pause automatic runs again': inAnyCase(pause(ROLLED_BACK, 'Were instances found')),
  };
}

/** Rolls back the run, and writes the report. */
export function rollBack(): States {
  return {
    ...caught({
      ...lock('Get the lock', 'Stop telling that it waits', { rounds: 15, seenAs: 'rollback' }),
      'Stop telling that it waits': inAnyCase(leave('rollback', 'Roll back')),
      'Roll back': children(jsonata('$append([], [0..$plan.pages - 1][$ < $plan.pages])'), {
        ...FOR_ALL, page: ITEM, execution: jsonata('$states.context.Execution.Id'), only: jsonata('$only'), ids: jsonata('$ids'), withUnconfirmed: jsonata('$withUnconfirmed'),
      }, rollBackPage(), 'Release the lock', {
        assign: Object.fromEntries(['wanted', 'unasked', 'failed'].map(count => [count, jsonata(`$sum($append([], $states.result.${count}))`)])),
        catchers: cutOff('Release the lock', 'RollbackFailed', 'the rollback'),
      }),
      'Release the lock': unlock('Is it tried again'),
    }, FAILED, WORDS),
    ...tryAgain(),
    'Were instances found': choice([["$error = '' and $unasked > 0", 'Refused calls unknown'], ["$error = '' and $wanted = 0 and ($count($ids) > 0 or $only = 'refused')", 'No matching instances']], 'Report'),
    'Refused calls unknown': pass({
      error: 'Incomplete',
      problem: jsonata("'CloudWatch did not return the refused calls of ' & $unasked & ' instances: these were not rolled back'"),
    }, 'Report'),
    'No matching instances': pass({
      error: 'NothingTakenBack',
      problem: jsonata("$only = 'refused' ? 'no instance that is still to be rolled back has refused calls: name the instances in instanceIds, or add unconfirmed: true for unconfirmed ones' : 'the run did not change these instances, or already rolled them back, or they are unconfirmed and need unconfirmed: true: ' & $join($ids, ', ')"),
    }, 'Report'),
    ...caught(reporting(), 'Is the report tried again', WORDS),
    'Is the report tried again': choice([['$tries < $mostTries', 'Wait before the next try']], 'Was it successful'),
  };
}

const PROBLEM = `${problems(['run', 'instanceIds', 'unconfirmed', 'refusing', 'automatic'])}
  : $count(['unconfirmed', 'refusing', 'automatic'][$ in $keys($request) and $type($lookup($request, $)) != 'boolean']) > 0
    ? 'unconfirmed, refusing and automatic must be true or false, got ' & $string($request)
  : ''`;
