import { begin } from './begin';
import { ending } from './ending';
import { waitedTooLong } from './lock';
import { plan } from './plan';
import { reporting } from './reporting';
import { beginRollback, rollBack } from './rollback';
import { selecting } from './selecting';
import type { DefinitionProps, RollbackSettings } from './settings';
import type { States } from './states';
import { caught } from './states';
import { stopping } from './stopping';
import { unattended } from './unattended';
import { goingOn, waves } from './waves';

/**
 * The definition of the state machine for repairs: plan, repair in waves, watch, report.
 *
 * Each page of instances has its own child execution, because a history can contain 25,000 events. Plans and records are S3 objects, because a state
 * can contain 256 KB.
 */
export function repairDefinition(props: DefinitionProps): object {
  return stateMachine('Requires IMDSv2 on running instances', {
    ...begin(props.settings),
    ...caught({
      ...unattended(props.settings),
      ...selecting(props),
      ...plan(props),
      ...goingOn(),
      ...waves(props),
      ...reporting('Is it an automatic run'),
    }),
    ...ending(),
    ...stopping(),
    ...waitedTooLong(),
  });
}

/** The definition of the state machine for rollbacks. */
export function rollbackDefinition(settings: RollbackSettings): object {
  return stateMachine('Rolls back a repair', { ...beginRollback(settings), ...rollBack(), ...waitedTooLong() });
}

function stateMachine(Comment: string, states: States): object {
  return { Comment, QueryLanguage: 'JSONata', StartAt: 'Read the input', States: states };
}
