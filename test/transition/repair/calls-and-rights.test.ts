import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Imdsv1UsageMonitor } from '../../../src/transition/imdsv1-usage-monitor';
import { ImdsRepair } from '../../../src/transition/repair/imds-repair';
import { RepairReaction } from '../../../src/transition/repair/repair-reaction';
import { RepairSelection } from '../../../src/transition/repair/repair-selection';
import type { Json } from '../../harness/json';
import { scratchApp, scratchStack } from '../../harness/scratch-app';
import type { Machine, MachineState } from '../../harness/states-language/machine';
import { deployedIn } from './executions';

const SELECTIONS = { tags: RepairSelection.tags({ Env: ['prod'] }), findings: RepairSelection.configFindings('imdsv2'), everything: RepairSelection.all() };
const VARIANTS = Object.keys(SELECTIONS).flatMap(selection => [RepairReaction.STOP, RepairReaction.ROLL_BACK_ALL].flatMap(reaction =>
  ['a monitor', 'metrics'].map(by => [selection, reaction, by] as const)));

function templateOf([selection, onRejectedCalls, by]: typeof VARIANTS[number]): Json {
  const stack: Stack = scratchStack(scratchApp(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const usage = by === 'metrics' ? undefined : new Imdsv1UsageMonitor(stack, 'Monitor');
  new ImdsRepair(stack, 'Repair', { selection: SELECTIONS[selection as keyof typeof SELECTIONS], onRejectedCalls, usage });
  return Template.fromStack(stack).toJSON() as Json;
}

/** The IAM actions of the calls of a state machine, and those of the child executions of its maps. */
function actionsOf({ States }: Machine): string[] {
  return Object.values(States).flatMap(({ Type, Resource, ItemProcessor }) => [
    ...Type === 'Task' ? [actionOf(Resource!.replace(/^arn:aws:states:::(aws-sdk:)?/, ''))] : [],
    ...ItemProcessor ? actionsOf(ItemProcessor) : [],
    ...ItemProcessor?.ProcessorConfig.Mode === 'DISTRIBUTED' ? ['Start', 'Describe', 'Stop', 'Redrive'].map(what => `states:${what}Execution`) : [],
  ]);
}

const OTHER_NAMES: { readonly [call: string]: string } = {
  's3:listObjectsV2': 's3:ListBucket', 's3:deleteObjects': 's3:DeleteObject', 'lambda:invoke': 'lambda:InvokeFunction',
};

function actionOf(call: string): string {
  const [service, action] = call.split(':');
  return OTHER_NAMES[call] ?? `${service.replace(/^sfn$/, 'states')}:${action[0].toUpperCase()}${action.slice(1)}`;
}

/** The actions that the policies of a role allow. */
function allowedTo(template: Json, kind: 'Runs' | 'Rollback'): string[] {
  const policies = Object.values(template.Resources as { [id: string]: { Type: string; Properties: Json } }).filter(({ Type, Properties }) =>
    Type === 'AWS::IAM::Policy' && (Properties.Roles as { Ref: string }[]).some(({ Ref }) => Ref.startsWith(`Repair${kind}Role`)));
  const documents = policies.map(({ Properties }) => Properties.PolicyDocument as { Statement: { Action: string | string[] }[] });
  return documents.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action));
}

const inOrder = (names: readonly string[]) => [...new Set(names)].sort();

describe.each(VARIANTS)('a repair of %s, with the reaction %s, by %s', (...variant) => {
  const template = templateOf(variant);
  const deployed = deployedIn(template);

  test.each([['Runs', 'repair'], ['Rollback', 'rollback']] as const)('lets the role of the %s do exactly the actions of its calls', (kind, machine) => {
    expect(inOrder(allowedTo(template, kind))).toEqual(inOrder(actionsOf(deployed[machine])));
  });

  test.each(['repair', 'rollback'] as const)('has no unreachable state in the %s', machine => {
    expect(strayIn(deployed[machine])).toEqual([]);
  });
});

function nextOnes({ Next, Default, Choices = [], Catch = [] }: MachineState): (string | undefined)[] {
  return [Next, Default, ...[...Choices, ...Catch].map(each => each.Next)];
}

/** States that are neither the first one nor the next one of another state. */
function strayIn({ StartAt, States }: Machine): string[] {
  const all = Object.values(States);
  const named = new Set([StartAt, ...all.flatMap(nextOnes)]);
  const inner = all.flatMap(({ ItemProcessor }) => ItemProcessor ? strayIn(ItemProcessor) : []);
  return [...Object.keys(States).filter(name => !named.has(name)), ...inner];
}
