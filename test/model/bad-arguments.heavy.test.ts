import { Stack, Token } from 'aws-cdk-lib';
import { BlockDeviceVolume } from 'aws-cdk-lib/aws-autoscaling';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import * as api from '../../src';
import { describeValue } from '../../src/model/setting';
import * as nag from '../../src/nag';
import { scratchApp } from '../harness/scratch-app';
import type { Callable, Parameter, Type } from './public-api';
import { publicApi } from './public-api';

type Values = { readonly [name: string]: unknown };

const CALLABLES = publicApi('src/index.ts', 'src/nag/index.ts');
const UNRESOLVED = Token.asAny({ Ref: 'X' });

/** Valid values for required properties, so that only one value at a time is wrong. */
const GIVEN: Values = {
  statements: [new PolicyStatement({ actions: ['ec2:RunInstances'], resources: ['*'] })],
  targetIds: ['r-ab12'],
  stage: 'observe',
  organizationalUnitIds: ['r-ab12'],
  stackRegions: ['eu-west-1'],
  architecture: 'x86_64',
  blockDevices: [{ deviceName: '/dev/xvda', volume: BlockDeviceVolume.ebsFromSnapshot('snap-1234567890abcdef0') }],
  rule: 'Imdsv2::TokensRequired',
  reason: 'a reason',
  max: 2,
  principalArns: ['arn:aws:iam::111122223333:role/a'],
  acknowledgeIrreversible: true,
  imageId: 'ami-1234567890abcdef0',
  organizationId: 'o-a1b2c3d4e5',
  monitor: new api.Imdsv1UsageMonitor(stack(), 'Monitor'),
  database: 'default',
  table: 'cloudtrail_logs',
  trailTable: api.CloudTrailAthenaTable.withoutPartitions('default', 'cloudtrail_logs'),
  selection: api.RepairSelection.all(),
  repair: new api.ImdsRepair(stack(), 'Repair', { selection: api.RepairSelection.all() }),
  instances: 3,
  directory: 'docs',
  sdk: 'boto3',
  version: '1.9.0',
  remediation: api.ImdsRemediation.byConfigRunbook(),
  trailLogGroup: LogGroup.fromLogGroupName(stack(), 'Trail', 'trail'),
};

/** Values that are valid, or that other code rejects. */
const FINE: { readonly [place: string]: string } = {
  'RequireImdsv2#supports construct': 'it answers whether it supports something, and that is not supported',
  'ContainerHost#supports construct': 'it answers whether it supports something, and that is not supported',
  'ImdsClientSettings#supports construct': 'it answers whether it supports something, and that is not supported',
  'KeepImdsv2LaunchTemplate#supports construct': 'it answers whether it supports something, and that is not supported',
  'Imdsv1CredentialMonitor#metricCalls options': 'it is a MetricOptions of CDK, of which all is optional',
  'Imdsv2NagChecks#validateScope scope': 'cdk-nag calls it',
  'new Imdsv2NagChecks props.unheardOf': 'cdk-nag may know of it',
};

/** Classes without inputs of a user. */
const TAKE_NOTHING = ['ImdsConfigRule'];

/** A boolean that CloudFormation determines. */
const MAY_BE_UNRESOLVED = ['enabled', 'matchAny', 'autoDeployment', 'retainStacksOnAccountRemoval', 'managedExecution'];

/** A call with one wrong value, and the name and the words that its error must contain. */
interface Bad {
  readonly place: string;
  readonly value: unknown;
  readonly names: string;
  readonly call: () => unknown;
}

function badCalls(callable: Callable): Bad[] {
  return callable.parameters.flatMap((parameter, index) => [
    ...wrongFor(parameter).map(value => bad(callable, index, parameter.name, parameter.name, value)),
    ...(parameter.type.properties ?? []).flatMap(property => wrongProperties(callable, index, property)),
    ...parameter.type.kind === 'props' ? [bad(callable, index, `${parameter.name}.unheardOf`, 'unheardOf', { ...required(parameter.type), unheardOf: 'x' })] : [],
  ]);
}

function wrongProperties(callable: Callable, index: number, property: Parameter): Bad[] {
  const { type } = callable.parameters[index];
  return wrongFor(property).filter(value => value !== UNRESOLVED || !MAY_BE_UNRESOLVED.includes(property.name)).map(value =>
    ({ ...bad(callable, index, `${callable.parameters[index].name}.${property.name}`, property.name, { ...required(type), [property.name]: value }), value }));
}

function bad(callable: Callable, index: number, place: string, names: string, value: unknown): Bad {
  return { place: `${callable.name} ${place}`, value, names, call: () => invoke(callable, callable.parameters.map((each, at) => at === index ? value : argument(each))) };
}

/** A value that no type of a property or parameter accepts. */
const CYCLIC = cyclic();
const ODD: readonly unknown[] = [Symbol('x'), 10n, () => 'x', new Date(0), new Map([['a', 1]]), new Error('x'), CYCLIC];

function cyclic(): object {
  const object: { self?: object } = {};
  object.self = object;
  return object;
}

/** Values of other types than that of a parameter. */
function wrongFor({ type, isOptional }: Parameter): unknown[] {
  return [null, ...isOptional ? [] : [undefined], ...wrong(type), ...type.kind === 'other' ? [] : ODD.filter(value => type.kind !== 'props' || value !== CYCLIC)];
}

function wrong({ kind, element, text }: Type): unknown[] {
  switch (kind) {
    case 'string': return [5, true, {}, ['x']];
    case 'number': return ['2', true, {}, NaN, 1.5, -1];
    case 'boolean': return ['false', 0, 1, {}, UNRESOLVED];
    case 'enum': return ['nothing of that name', 1, {}];
    case 'list': return ['x', 5, {}, [null], [undefined], ...wrong(element!).slice(0, 2).map(value => [value])];
    case 'props': return ['x', 5, []];
    case 'other': return /Record|readonly \[/.test(text) ? ['x', 5] : ['x', 5, true, {}];
  }
}

function required({ properties = [] }: Type): Values {
  const must = properties.filter(({ name, isOptional }) => !isOptional || (name === 'acknowledgeIrreversible'));
  const asked = must.some(({ name }) => name === 'acknowledgeIrreversible') ? { imageId: GIVEN.imageId } : {};
  return { ...Object.fromEntries(must.map(({ name }) => [name, GIVEN[name]])), ...asked };
}

function argument({ name, type, isOptional }: Parameter): unknown {
  if (name === 'scope' || name === 'construct' || name === 'node') { return stack(); }
  if (name === 'id') { return 'Id'; }
  if (type.kind === 'props') { return required(type); }
  return isOptional ? undefined : GIVEN[name];
}

function stack(): Stack {
  return new Stack(scratchApp(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
}

function invoke({ kind, owner, member }: Callable, given: readonly unknown[]): unknown {
  const Class = { ...api, ...nag }[owner as keyof typeof api] as unknown as Functions & (new (...given: unknown[]) => Functions);
  switch (kind) {
    case 'new': return new Class(...given);
    case 'static': return Class[member](...given);
    case 'method': return instanceOf(owner, Class)[member](...given);
  }
}

type Functions = { readonly [member: string]: (...given: readonly unknown[]) => unknown };

function instanceOf(owner: string, Class: new (...given: unknown[]) => Functions): Functions {
  if (owner === 'ImdsExemption') { return api.ImdsExemption.of(stack()) as unknown as Functions; }
  if (owner === 'Imdsv1CredentialMonitor') { return new Class(stack(), 'Monitor', { trailLogGroup: GIVEN.trailLogGroup }); }
  if (owner === 'ImdsRepair') { return new Class(stack(), 'Repair', { selection: GIVEN.selection }); }
  if (owner === 'ImdsConfigRules') { return new Class(stack(), 'Rules'); }
  const props = { architecture: GIVEN.architecture, blockDevices: GIVEN.blockDevices };
  return owner === 'RegisteredImage' ? new Class(stack(), 'Image', props) : new Class();
}

function complaint({ value, names, call }: Bad): string | undefined {
  try {
    call();
    return 'is taken in silence';
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'TypeError' || name === 'RangeError') { return `throws ${name}: ${message}`; }
    const isNamed = message.includes(names);
    return isNamed && message.includes('got') ? undefined : `says nothing of ${names} and ${describeValue(value)}: ${message}`;
  }
}

test.each(CALLABLES.map(callable => [callable.name, callable] as const))('%s rejects a wrong value, with its name and the value', (_, callable) => {
  const calls = badCalls(callable).filter(({ place }) => !Object.hasOwn(FINE, place));
  const complaints = calls.flatMap(call => {
    const said = complaint(call);
    return said === undefined ? [] : [`${call.place} = ${describeValue(call.value)} ${said}`];
  });
  expect(complaints).toEqual([]);
});

test('the whole API is tested', () => {
  const classes = Object.entries({ ...api, ...nag }).filter(([, value]) => typeof value === 'function').map(([name]) => name);
  const walked = new Set(CALLABLES.map(({ owner }) => owner));
  expect(classes.filter(name => !walked.has(name))).toEqual(TAKE_NOTHING);
});

test.each([Token.asAny({ Ref: 'X' }), Token.asString({ Ref: 'X' })])('an id has to be known at synthesis', id => {
  expect(() => new api.ImdsManagedPolicy(stack(), id as string, { statements: GIVEN.statements as PolicyStatement[] })).toThrow('id must be known at synthesis, got an unresolved value');
});
