import type { Ended, Surroundings } from '../../harness/states-language/interpreter';
import { Interpreter } from '../../harness/states-language/interpreter';
import type { Machine } from '../../harness/states-language/machine';
import type { FakeRegion } from './fake-region';

const MACHINE = 'arn:aws:states:eu-west-1:111122223333:execution:repair';

/** The definition of the one state machine of a template, as it is deployed: its references resolved. */
export function machineIn({ Resources }: { readonly Resources?: object }): Machine {
  const all = Object.values(Resources ?? {}) as { readonly Type: string; readonly Properties: { readonly DefinitionString: unknown } }[];
  const { Properties } = all.find(({ Type }) => Type === 'AWS::StepFunctions::StateMachine')!;
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
