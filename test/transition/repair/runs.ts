import { Template } from 'aws-cdk-lib/assertions';
import { ImdsRepair } from '../../../src/transition/repair/imds-repair';
import type { ImdsRepairProps } from '../../../src/transition/repair/imds-repair';
import { RepairSelection } from '../../../src/transition/repair/repair-selection';
import { scratchApp, scratchStack } from '../../harness/scratch-app';
import type { Ended, Surroundings } from '../../harness/states-language/interpreter';
import { Interpreter } from '../../harness/states-language/interpreter';
import type { Machine } from '../../harness/states-language/machine';
import type { FakeRegion } from './fake-region';

const MACHINE = 'arn:aws:states:eu-west-1:111122223333:execution:repair';
export const FOLDER = 'repair/111122223333/eu-west-1/runs/';

/** The definition as it is deployed: that of the template, its references resolved. */
export function machineOf(props: Partial<ImdsRepairProps> = {}): Machine {
  const stack = scratchStack(scratchApp(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  new ImdsRepair(stack, 'Repair', { selection: RepairSelection.all(), ...props });
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::StepFunctions::StateMachine')) as { Properties: { DefinitionString: unknown } }[];
  return JSON.parse(resolved(Properties.DefinitionString)) as Machine;
}

function resolved(value: unknown): string {
  if (typeof value === 'string') { return value; }
  const [[name, argument]] = Object.entries(value as object) as [string, unknown][];
  switch (name) {
    case 'Fn::Join': return (argument as [string, unknown[]])[1].map(resolved).join((argument as [string])[0]);
    case 'Ref': return argument === 'AWS::Partition' ? 'aws' : String(argument).toLowerCase();
    default: return `arn:${name}:${(argument as string[]).join('.')}`;
  }
}

/** What an execution came to, with its ARN and what it took. */
export interface Run extends Ended {
  readonly arn: string;
  readonly interpreter: Interpreter;
}

/** Runs an execution in the Region, beside others that may be there. */
export async function start(machine: Machine, region: FakeRegion, input: unknown, name: string, step?: Surroundings['step']): Promise<Run> {
  const arn = `${MACHINE}:${name}`;
  const interpreter = new Interpreter({ clock: region.clock, integration: region.integration, step });
  region.executions.set(arn, 'RUNNING');
  const ended = await interpreter.execute(machine, input, arn);
  region.executions.set(arn, ended.status);
  return { ...ended, arn, interpreter };
}

/** Runs an execution to its end, in virtual time. */
export async function run(machine: Machine, region: FakeRegion, input: unknown = {}, name = 'one', step?: Surroundings['step']): Promise<Run> {
  const [ended] = await region.clock.until(start(machine, region, input, name, step));
  return ended;
}
