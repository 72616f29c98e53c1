import type { Ended, Surroundings } from '../../harness/states-language/interpreter';
import { Interpreter } from '../../harness/states-language/interpreter';
import type { Machine } from '../../harness/states-language/machine';
import type { FakeRegion } from './fake-region';

const MACHINE = 'arn:aws:states:eu-west-1:111122223333:execution:repair';

/** The state machines of a repair. */
export interface Deployed {
  readonly repair: Machine;
  readonly rollback: Machine;
}

/** The state machines of a template, with their references resolved as by a deployment. */
export function deployedIn({ Resources }: { readonly Resources?: object }): Deployed {
  const all = Object.entries(Resources ?? {}) as [string, { readonly Type: string; readonly Properties: { readonly DefinitionString: unknown } }][];
  const machines = all.filter(([, { Type }]) => Type === 'AWS::StepFunctions::StateMachine');
  const [repair, rollback] = ['Requires', 'Rolls back'].map(comment => machines
    .map(([, { Properties }]) => JSON.parse(resolved(Properties.DefinitionString)) as Machine & { readonly Comment: string })
    .find(({ Comment }) => Comment.startsWith(comment))!);
  return { repair, rollback };
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

/** The result of an execution, with its ARN and its costs. */
export interface Run extends Ended {
  readonly arn: string;
  readonly interpreter: Interpreter;
}

/** Runs an execution of the repair in the Region, in parallel with others. */
export async function start(deployed: Deployed, region: FakeRegion, input: unknown, name: string, step?: Surroundings['step']): Promise<Run> {
  return startOf(deployed, 'repair', region, input, name, step);
}

/** Runs an execution of the rollback in the Region, in parallel with others. */
export async function startRollback(deployed: Deployed, region: FakeRegion, input: unknown, name: string, step?: Surroundings['step']): Promise<Run> {
  return startOf(deployed, 'rollback', region, input, name, step);
}

async function startOf(deployed: Deployed, kind: keyof Deployed, region: FakeRegion, input: unknown, name: string, step: Surroundings['step']): Promise<Run> {
  const arn = `${MACHINE}:${name}`;
  region.startExecution = (stateMachine, more, other) => {
    region.started.push(startOf(deployed, stateMachine.includes('rollback') ? 'rollback' : 'repair', region, more, other, undefined));
    return `${MACHINE}:${other}`;
  };
  const integration: Surroundings['integration'] = async (called, args) => {
    if (isDenied(kind, called, args)) { throw new Error(`the role of the ${kind} may not do ${called} with ${JSON.stringify(args)}`); }
    return region.integration(called, args);
  };
  const interpreter = new Interpreter({ clock: region.clock, integration, step });
  region.executions.set(arn, 'RUNNING');
  const ended = await interpreter.execute(deployed[kind], input, arn);
  region.executions.set(arn, ended.status);
  while (region.started.length > 0) { await region.started.shift(); }
  return { ...ended, arn, interpreter };
}

/** The conditions in the policies of the roles: one role can only require tokens, the other can only make them optional. */
function isDenied(kind: keyof Deployed, called: string, args: { readonly HttpTokens?: string }): boolean {
  return called.endsWith(':modifyInstanceMetadataOptions') && args.HttpTokens !== (kind === 'repair' ? 'required' : 'optional');
}

/** Runs an execution of the repair and everything that it starts, in virtual time. */
export async function run(deployed: Deployed, region: FakeRegion, input: unknown = {}, name = 'one', step?: Surroundings['step']): Promise<Run> {
  const [ended] = await region.clock.until(start(deployed, region, input, name, step));
  return ended;
}

/** Runs an execution of the rollback, in virtual time. */
export async function rollBack(deployed: Deployed, region: FakeRegion, input: unknown, name = 'back', step?: Surroundings['step']): Promise<Run> {
  const [ended] = await region.clock.until(startRollback(deployed, region, input, name, step));
  return ended;
}
