import { Aws, Fn, Lazy } from 'aws-cdk-lib';
import { ImdsAccountDefaults } from '../../../src/org/account-defaults/imds-account-defaults';
import { ImdsRegions } from '../../../src/org/account-defaults/imds-regions';
import type { Json } from '../../harness/json';
import { resourceOf } from '../../harness/resources';
import { scratchApp, scratchStack } from '../../harness/scratch-app';

const ENV = { account: '111111111111', region: 'eu-west-1' };
const RIGHTS = 'AWS::IAM::Policy';

/** The Regions of the resource, and those of its role. */
function regionsIn(regions: ImdsRegions | undefined, env?: typeof ENV) {
  const stack = scratchStack(scratchApp(), 'Stack', { env });
  new ImdsAccountDefaults(stack, 'Defaults', { regions });
  const [statement] = (resourceOf(stack, RIGHTS).Properties.PolicyDocument as { Statement: Json[] }).Statement;
  return { given: resourceOf(stack, 'Custom::ImdsAccountDefaults').Properties.Regions, condition: statement.Condition };
}

const only = (regions: unknown) => ({ StringEquals: { 'aws:RequestedRegion': regions } });
const OWN = { Ref: 'AWS::Region' };

describe('the Regions of the resource and of its role', () => {
  test('are the Region of the stack by default', () => {
    expect(regionsIn(undefined)).toEqual({ given: [OWN], condition: only([OWN]) });
  });

  test('are the Region of the stack, if it is known', () => {
    expect(regionsIn(ImdsRegions.own(), ENV)).toEqual({ given: ['eu-west-1'], condition: only(['eu-west-1']) });
  });

  test('are every Region with allEnabled(), without a list and without a condition', () => {
    expect(regionsIn(ImdsRegions.allEnabled(), ENV)).toEqual({ given: undefined, condition: undefined });
  });

  test('are the named Regions, sorted', () => {
    const sorted = ['ap-southeast-5', 'eusc-de-east-1', 'us-gov-west-1'];
    expect(regionsIn(ImdsRegions.of('us-gov-west-1', 'ap-southeast-5', 'eusc-de-east-1'))).toEqual({ given: sorted, condition: only(sorted) });
  });

  test('are the Region of the stack if it is named by the pseudo parameter', () => {
    expect(regionsIn(ImdsRegions.of(Aws.REGION))).toEqual({ given: [OWN], condition: only([OWN]) });
  });

  const list = { 'Fn::Split': [',', { 'Fn::ImportValue': 'Regions' }] };

  test.each<[string, ImdsRegions, unknown]>([
    ['one', ImdsRegions.of('eu-west-1', Fn.importValue('Region')), [{ 'Fn::ImportValue': 'Region' }, 'eu-west-1']],
    ['a list', ImdsRegions.of(...Fn.split(',', Fn.importValue('Regions'))), list],
    ['a Lazy value', ImdsRegions.of(Lazy.string({ produce: () => 'eu-west-2' })), ['eu-west-2']],
  ])('are every Region for the role if %s is unresolved, because an update would otherwise lose the permission to reset removed Regions', (_, regions, given) => {
    expect(regionsIn(regions)).toEqual({ given, condition: undefined });
  });
});

describe('the permission for other Regions', () => {
  const idOf = (regions: ImdsRegions) => {
    const stack = scratchStack();
    new ImdsAccountDefaults(stack, 'Defaults', { regions });
    return resourceOf(stack, RIGHTS).logicalId;
  };

  test('is another resource, so that an update still has the old one while it resets the removed Regions', () => {
    const ids = [ImdsRegions.own(), ImdsRegions.allEnabled(), ImdsRegions.of('eu-west-1'), ImdsRegions.of('eu-west-1', 'eu-west-2')].map(idOf);
    expect(new Set(ids).size).toBe(4);
  });

  test('is the same resource for the same Regions', () => {
    expect(idOf(ImdsRegions.of('eu-west-2', 'eu-west-1'))).toBe(idOf(ImdsRegions.of('eu-west-1', 'eu-west-2')));
  });
});

describe('Regions are rejected, with the value,', () => {
  test.each<[readonly unknown[], string]>([
    [[], 'regions must name one Region at least, got none'],
    [['eu-west-1', 'eu-west-1'], "regions must name each Region once, got 'eu-west-1' twice"],
    [['Ireland'], "regions must be codes of Regions such as 'eu-west-1', got 'Ireland'"],
    [['eu-west-1a'], "regions must be codes of Regions such as 'eu-west-1', got 'eu-west-1a'"],
    [['EU-WEST-1'], "regions must be codes of Regions such as 'eu-west-1', got 'EU-WEST-1'"],
    [['all'], "regions must be codes of Regions such as 'eu-west-1', got 'all'"],
    [[''], "regions must be codes of Regions such as 'eu-west-1', got ''"],
    [[7], "regions must be codes of Regions such as 'eu-west-1', got 7"],
  ])('as %j', (names, message) => {
    expect(() => ImdsRegions.of(...names as string[])).toThrow(new Error(message));
  });
});
