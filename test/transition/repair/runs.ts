import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ImdsRepair } from '../../../src/transition/repair/imds-repair';
import type { ImdsRepairProps } from '../../../src/transition/repair/imds-repair';
import { RepairSelection } from '../../../src/transition/repair/repair-selection';
import { scratchApp, scratchStack } from '../../harness/scratch-app';
import type { Machine } from '../../harness/states-language/machine';
import { machineIn } from './executions';

export const FOLDER = 'repair/111122223333/eu-west-1/runs/';

/** A stack with a repair, of everything where it is not said otherwise. */
export function stackOf(props: Partial<ImdsRepairProps> = {}): Stack {
  const stack = scratchStack(scratchApp(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  new ImdsRepair(stack, 'Repair', { selection: RepairSelection.all(), ...props });
  return stack;
}

/** The state machine of a repair, as it is deployed. */
export function machineOf(props: Partial<ImdsRepairProps> = {}): Machine {
  return machineIn(Template.fromStack(stackOf(props)).toJSON());
}
