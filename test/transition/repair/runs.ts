import { Template } from 'aws-cdk-lib/assertions';
import { ImdsRepair } from '../../../src/transition/repair/imds-repair';
import type { ImdsRepairProps } from '../../../src/transition/repair/imds-repair';
import { RepairSelection } from '../../../src/transition/repair/repair-selection';
import { scratchApp, scratchStack } from '../../harness/scratch-app';
import type { Machine } from '../../harness/states-language/machine';
import { machineIn } from './executions';

export const FOLDER = 'repair/111122223333/eu-west-1/runs/';

/** The state machine of a repair, as it is deployed. */
export function machineOf(props: Partial<ImdsRepairProps> = {}): Machine {
  const stack = scratchStack(scratchApp(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  new ImdsRepair(stack, 'Repair', { selection: RepairSelection.all(), ...props });
  return machineIn(Template.fromStack(stack).toJSON());
}
