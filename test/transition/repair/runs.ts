import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ImdsRepair } from '../../../src/transition/repair/imds-repair';
import type { ImdsRepairProps } from '../../../src/transition/repair/imds-repair';
import { RepairSelection } from '../../../src/transition/repair/repair-selection';
import { scratchApp, scratchStack } from '../../harness/scratch-app';
import type { Deployed } from './executions';
import { deployedIn } from './executions';

export const FOLDER = 'repair/111122223333/eu-west-1/runs/';

/** A stack with a repair, by default of all instances. */
export function stackOf(props: Partial<ImdsRepairProps> = {}): Stack {
  const stack = scratchStack(scratchApp(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  new ImdsRepair(stack, 'Repair', { selection: RepairSelection.all(), ...props });
  return stack;
}

/** The deployed state machines of a repair. */
export function deployedOf(props: Partial<ImdsRepairProps> = {}): Deployed {
  return deployedIn(Template.fromStack(stackOf(props)).toJSON());
}
