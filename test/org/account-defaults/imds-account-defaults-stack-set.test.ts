import { Aws, CfnOutput, CfnParameter, Fn, Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { ImdsAccountDefaultsStackSetProps } from '../../../src/org/account-defaults/account-defaults-stack-set-props';
import { ImdsAccountDefaultsStackSet } from '../../../src/org/account-defaults/imds-account-defaults-stack-set';
import { ImdsRegions } from '../../../src/org/account-defaults/imds-regions';
import type { Json } from '../../harness/json';
import { resourceOf } from '../../harness/resources';
import { scratchApp, scratchStack } from '../../harness/scratch-app';

type Props = Partial<ImdsAccountDefaultsStackSetProps>;

const STACK_SET = 'AWS::CloudFormation::StackSet';
const UNIT = 'ou-ab12-cd34ef56';
const HOME = { Ref: 'AWS::Region' };

function stackSetIn(stack: Stack, props: Props = {}): ImdsAccountDefaultsStackSet {
  return new ImdsAccountDefaultsStackSet(stack, 'Defaults', { organizationalUnitIds: [UNIT], ...props });
}

function propertiesOf(props: Props, stack = scratchStack()): Json {
  stackSetIn(stack, props);
  return resourceOf(stack, STACK_SET).Properties;
}

describe('the stack set', () => {
  test('deploys a stack to each account of the organization, also to new accounts', () => {
    expect(propertiesOf({})).toMatchObject({
      PermissionModel: 'SERVICE_MANAGED',
      CallAs: 'SELF',
      Capabilities: ['CAPABILITY_IAM'],
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
      ManagedExecution: { Active: false },
      StackInstancesGroup: [{ DeploymentTargets: { OrganizationalUnitIds: [UNIT] }, Regions: [HOME] }],
    });
  });

  test('deploys its stacks to the Region of its own stack, if that is known', () => {
    const stack = scratchStack(scratchApp(), 'Stack', { env: { region: 'eu-central-1' } });
    expect(propertiesOf({}, stack).StackInstancesGroup).toMatchObject([{ Regions: ['eu-central-1'] }]);
  });

  test.each<[Props, Json]>([
    [{ delegatedAdmin: true }, { CallAs: 'DELEGATED_ADMIN' }],
    [{ delegatedAdmin: false }, { CallAs: 'SELF' }],
    [{ managedExecution: true }, { ManagedExecution: { Active: true } }],
    [{ autoDeployment: false }, { AutoDeployment: { Enabled: false } }],
    [{ autoDeployment: false, retainStacksOnAccountRemoval: false }, { AutoDeployment: { Enabled: false } }],
    [{ retainStacksOnAccountRemoval: true }, { AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: true } }],
    [{ stackSetName: 'imds-defaults' }, { StackSetName: 'imds-defaults' }],
  ])('with %j has %j', (props, expected) => {
    expect(propertiesOf(props)).toEqual(expect.objectContaining(expected));
  });

  test.each<[string, RegExp]>([
    ['Defaults', /^Stack-Defaults-[0-9A-F]{8}$/],
    ['defaults_of.all', /^[a-zA-Z][-a-zA-Z0-9]{0,81}$/],
    ['x'.repeat(250), /^[a-zA-Z][-a-zA-Z0-9]{81}$/],
  ])('with the id %s has a valid name that is generated from its path', (id, name) => {
    const stack = scratchStack();
    new ImdsAccountDefaultsStackSet(stack, id, { organizationalUnitIds: [UNIT] });
    expect(resourceOf(stack, STACK_SET).Properties.StackSetName).toMatch(name);
  });

  /** The name that CloudFormation gives to a stack of the stack set, with at most 128 characters. */
  const stackNameOf = (stackSetName: string) => `StackSet-${stackSetName}-01234567-89ab-cdef-0123-456789abcdef`.slice(0, 128);

  test.each<[string, string, string]>([
    ['of a short name', 'imds', 'StackSet-imds-*'],
    ['of the longest name that is not cut', 'x'.repeat(82), `StackSet-${'x'.repeat(82)}-*`],
    ['of a name that is cut by one character', 'x'.repeat(83), `StackSet-${'x'.repeat(82)}*`],
    ['of the longest name', 'x'.repeat(128), `StackSet-${'x'.repeat(82)}*`],
  ])('%s has a pattern that its stacks match', (_, stackSetName, pattern) => {
    const { stackNamePattern } = stackSetIn(scratchStack(), { stackSetName });
    expect(stackNamePattern).toBe(pattern);
    expect(stackNameOf(stackSetName)).toMatch(new RegExp(`^${pattern.replace('*', '.*')}$`));
  });

  test('has a pattern for its stacks even if its name is generated, or only known at deployment', () => {
    const made = stackSetIn(scratchStack());
    expect(made.stackNamePattern).toBe(`StackSet-${made.stackSetName}-*`);
    const stack = scratchStack();
    expect(stack.resolve(stackSetIn(stack, { stackSetName: Fn.importValue('Name') }).stackNamePattern))
      .toEqual({ 'Fn::Join': ['', ['StackSet-', { 'Fn::ImportValue': 'Name' }, '-*']] });
  });

  test('gets its tags from the app, and CloudFormation passes them on', () => {
    const stack = scratchStack();
    Tags.of(stack).add('team', 'security');
    expect(propertiesOf({}, stack).Tags).toEqual([{ Key: 'team', Value: 'security' }]);
  });

  test('can be referenced', () => {
    const stack = scratchStack();
    const { stackSetId, stackSetName } = stackSetIn(stack, { stackSetName: 'imds-defaults' });
    expect(stackSetName).toBe('imds-defaults');
    new CfnOutput(stack, 'Id', { value: stackSetId });
    Template.fromStack(stack).hasOutput('Id', { Value: { 'Fn::GetAtt': [resourceOf(stack, STACK_SET).logicalId, 'StackSetId'] } });
  });
});

describe('the accounts', () => {
  const targetsOf = (props: Props) => (propertiesOf(props).StackInstancesGroup as { DeploymentTargets: Json }[])[0].DeploymentTargets;

  test.each([[['r-ab12']], [[UNIT, 'ou-zzzz9999-00000000aa']]])('are those of the units %j', organizationalUnitIds => {
    expect(targetsOf({ organizationalUnitIds })).toEqual({ OrganizationalUnitIds: organizationalUnitIds });
  });

  test('do not include excluded ones', () => {
    expect(targetsOf({ excludedAccounts: ['111111111111', '000000000002'] }))
      .toEqual({ OrganizationalUnitIds: [UNIT], Accounts: ['111111111111', '000000000002'], AccountFilterType: 'DIFFERENCE' });
  });

  test.each([[[]], [undefined]])('have no filter where %j is excluded', excludedAccounts => {
    expect(targetsOf({ excludedAccounts: excludedAccounts as string[] | undefined })).toEqual({ OrganizationalUnitIds: [UNIT] });
  });

  test('can be unresolved', () => {
    const stack = scratchStack();
    const unit = new CfnParameter(stack, 'Unit').valueAsString;
    expect(propertiesOf({ organizationalUnitIds: [unit], excludedAccounts: [Aws.ACCOUNT_ID] }, stack).StackInstancesGroup)
      .toMatchObject([{ DeploymentTargets: { OrganizationalUnitIds: [{ Ref: 'Unit' }], Accounts: [{ Ref: 'AWS::AccountId' }] } }]);
  });
});

test('units, accounts and Regions can be unresolved lists', () => {
  const stack = scratchStack();
  const list = (id: string) => new CfnParameter(stack, id, { type: 'CommaDelimitedList' }).valueAsList;
  const properties = propertiesOf({ organizationalUnitIds: list('Units'), excludedAccounts: list('Accounts'), stackRegions: list('Regions') }, stack);
  expect(properties.StackInstancesGroup)
    .toMatchObject([{ DeploymentTargets: { OrganizationalUnitIds: { Ref: 'Units' }, Accounts: { Ref: 'Accounts' } }, Regions: { Ref: 'Regions' } }]);
});

describe('the operation', () => {
  const ONE_BY_ONE = {
    FailureToleranceCount: 0, MaxConcurrentCount: 1, ConcurrencyMode: 'STRICT_FAILURE_TOLERANCE', RegionConcurrencyType: 'SEQUENTIAL', RegionOrder: [HOME],
  };
  const { FailureToleranceCount: failures, MaxConcurrentCount: concurrent, RegionOrder: order, ...rest } = ONE_BY_ONE;

  test.each<[ImdsAccountDefaultsStackSetProps['operation'], Json]>([
    [undefined, ONE_BY_ONE],
    [{}, ONE_BY_ONE],
    [{ failureToleranceCount: 3, maxConcurrentCount: 4 }, { ...ONE_BY_ONE, FailureToleranceCount: 3, MaxConcurrentCount: 4 }],
    [{ failureTolerancePercentage: 0 }, { ...rest, FailureTolerancePercentage: 0, MaxConcurrentCount: concurrent, RegionOrder: order }],
    [{ failureTolerancePercentage: 100 }, { ...rest, FailureTolerancePercentage: 100, MaxConcurrentCount: concurrent, RegionOrder: order }],
    [{ maxConcurrentPercentage: 1 }, { ...rest, FailureToleranceCount: failures, MaxConcurrentPercentage: 1, RegionOrder: order }],
    [{ maxConcurrentPercentage: 100 }, { ...rest, FailureToleranceCount: failures, MaxConcurrentPercentage: 100, RegionOrder: order }],
    [{ softFailureTolerance: true }, { ...ONE_BY_ONE, ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE' }],
    [{ parallelRegions: true }, { ...rest, RegionConcurrencyType: 'PARALLEL', FailureToleranceCount: failures, MaxConcurrentCount: concurrent }],
  ])('of %j is %j', (operation, expected) => {
    expect(propertiesOf({ operation }).OperationPreferences).toEqual(expected);
  });

  test('has the Regions in the given order', () => {
    const { OperationPreferences, StackInstancesGroup } = propertiesOf({ stackRegions: ['us-east-1', 'ap-south-1', 'eu-west-1'] });
    expect(OperationPreferences).toMatchObject({ RegionOrder: ['us-east-1', 'ap-south-1', 'eu-west-1'] });
    expect(StackInstancesGroup).toMatchObject([{ Regions: ['us-east-1', 'ap-south-1', 'eu-west-1'] }]);
  });

  test('can have unresolved numbers', () => {
    const stack = scratchStack();
    const failureToleranceCount = new CfnParameter(stack, 'Failures', { type: 'Number' }).valueAsNumber;
    expect(propertiesOf({ operation: { failureToleranceCount } }, stack).OperationPreferences).toMatchObject({ FailureToleranceCount: { Ref: 'Failures' } });
  });
});

test.each([ImdsRegions.allEnabled(), ImdsRegions.of('eu-west-1')])('Regions of a list that may be long take own Regions only', regions => {
  const stack = scratchStack();
  const stackRegions = new CfnParameter(stack, 'Regions', { type: 'CommaDelimitedList' }).valueAsList;
  expect(() => stackSetIn(stack, { stackRegions, regions }))
    .toThrow('regions must be ImdsRegions.own() where stackRegions is a list that is not known at synthesis, got others');
});

describe('a property is rejected, with its value:', () => {
  const units = "organizationalUnitIds must be ids such as 'ou-ab12-cd34ef56', or of a root such as 'r-ab12', got";

  test.each<[unknown, string]>([
    [{ organizationalUnitIds: undefined }, 'organizationalUnitIds must be a list, got undefined'],
    [{ organizationalUnitIds: UNIT }, `organizationalUnitIds must be a list, got '${UNIT}'`],
    [{ excludedAccounts: '111111111111' }, "excludedAccounts must be a list, got '111111111111'"],
    [{ organizationalUnitIds: [] }, 'organizationalUnitIds must name one organizational unit at least, got none'],
    [{ organizationalUnitIds: [UNIT, '111111111111'] }, `${units} '111111111111'`],
    [{ organizationalUnitIds: ['o-a1b2c3d4e5'] }, `${units} 'o-a1b2c3d4e5'`],
    [{ organizationalUnitIds: ['ou-ab12'] }, `${units} 'ou-ab12'`],
    [{ organizationalUnitIds: ['OU-AB12-CD34EF56'] }, `${units} 'OU-AB12-CD34EF56'`],
    [{ organizationalUnitIds: ['Production'] }, `${units} 'Production'`],
    [{ excludedAccounts: ['1111'] }, "excludedAccounts must be ids of accounts, of 12 digits, got '1111'"],
    [{ excludedAccounts: [UNIT] }, `excludedAccounts must be ids of accounts, of 12 digits, got '${UNIT}'`],
    [{ excludedAccounts: [111111111111] }, 'excludedAccounts must be ids of accounts, of 12 digits, got 111111111111'],
    [{ organizationalUnitIds: [UNIT, 'r-ab12', UNIT] }, `organizationalUnitIds must name each once, got '${UNIT}' twice`],
    [{ excludedAccounts: ['111111111111', '111111111111'] }, "excludedAccounts must name each once, got '111111111111' twice"],
    [{ stackRegions: [] }, 'stackRegions must name one Region at least, got none'],
    [{ stackRegions: ['Ireland'] }, "stackRegions must be codes of Regions such as 'eu-west-1', got 'Ireland'"],
    [{ stackRegions: ['eu-west-1', 'eu-west-1'] }, "stackRegions must name each Region once, got 'eu-west-1' twice"],
    [{ stackSetName: '1st' }, "stackSetName must be 128 letters, digits and hyphens at most and start with a letter, got '1st'"],
    [{ stackSetName: 'imds_defaults' }, "stackSetName must be 128 letters, digits and hyphens at most and start with a letter, got 'imds_defaults'"],
    [{ autoDeployment: false, retainStacksOnAccountRemoval: true }, 'retainStacksOnAccountRemoval must not be true where autoDeployment is false'],
    [{ operation: { failureToleranceCount: -1 } }, 'operation.failureToleranceCount must be a whole number of 0 or more, got -1'],
    [{ operation: { failureTolerancePercentage: 101 } }, 'operation.failureTolerancePercentage must be a whole number from 0 to 100, got 101'],
    [{ operation: { maxConcurrentCount: 0 } }, 'operation.maxConcurrentCount must be a whole number of 1 or more, got 0'],
    [{ operation: { maxConcurrentCount: 1.5 } }, 'operation.maxConcurrentCount must be a whole number of 1 or more, got 1.5'],
    [{ operation: { maxConcurrentPercentage: 0 } }, 'operation.maxConcurrentPercentage must be a whole number from 1 to 100, got 0'],
    [
      { operation: { failureToleranceCount: 1, failureTolerancePercentage: 10 } },
      'failureToleranceCount must not be given together with failureTolerancePercentage, got 1 and 10',
    ],
    [
      { operation: { maxConcurrentCount: 1, maxConcurrentPercentage: 10 } },
      'maxConcurrentCount must not be given together with maxConcurrentPercentage, got 1 and 10',
    ],
    [{ delegatedAdmin: 'false' }, "delegatedAdmin must be true or false, got 'false'"],
    [{ autoDeployment: null }, 'autoDeployment must be true or false, got null'],
    [{ httpPutResponseHopLimit: 65 }, 'httpPutResponseHopLimit must be a whole number from 1 to 64, got 65'],
    [{ httpTokens: 'optional', httpTokensEnforced: true }, "httpTokens must be 'required' where httpTokensEnforced is true, got 'optional'"],
    [
      { stackRegions: ['eu-west-1', 'eu-west-2'], regions: ImdsRegions.allEnabled() },
      'regions must be ImdsRegions.own() where stackRegions has more than one, got others with 2 of them',
    ],
    [
      { stackRegions: ['eu-west-1', 'eu-west-2', 'eu-west-3'], regions: ImdsRegions.of('eu-west-1') },
      'regions must be ImdsRegions.own() where stackRegions has more than one, got others with 3 of them',
    ],
  ])('%j', (props, message) => {
    expect(() => propertiesOf(props as Props)).toThrow(new Error(message));
  });
});
