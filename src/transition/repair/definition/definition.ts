import { begin } from './begin';
import { BUSY } from './lock';
import { reporting } from './reporting';
import { selecting } from './selecting';
import type { DefinitionProps } from './settings';
import { plan, readPlan, rollBack, waves } from './waves';

/**
 * The definition of the state machine: plan, repair in waves, watch, roll back, report.
 *
 * It goes through instances in pages, each in a child execution, since a history holds 25,000 events. Plans and records are in objects, since a state
 * holds 256 KB.
 */
export function definition(props: DefinitionProps): object {
  return {
    Comment: 'Requires IMDSv2 on instances that run',
    QueryLanguage: 'JSONata',
    StartAt: 'Read the request',
    States: {
      ...begin(props.settings), ...selecting(props), ...plan(props), ...readPlan(), ...waves(), ...rollBack(), ...reporting(), ...BUSY,
    },
  };
}
