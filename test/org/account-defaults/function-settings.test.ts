import { CfnParameter, Fn, Lazy } from 'aws-cdk-lib';
import { ImdsDriftDetection } from '../../../src/org/account-defaults/drift-detection';
import type { ImdsAccountDefaultsProps } from '../../../src/org/account-defaults/imds-account-defaults';
import { ImdsAccountDefaults } from '../../../src/org/account-defaults/imds-account-defaults';
import { ImdsRegions } from '../../../src/org/account-defaults/imds-regions';
import type { DefaultHttpTokens } from '../../../src/org/default-http-tokens';
import { resourceOf } from '../../harness/resources';
import { scratchStack } from '../../harness/scratch-app';

/** The settings of the function, and the properties of the resource, which make CloudFormation notice a change. */
function settingsOf(props: ImdsAccountDefaultsProps, stack = scratchStack()) {
  new ImdsAccountDefaults(stack, 'Defaults', props);
  const { Environment } = resourceOf(stack, 'AWS::Lambda::Function').Properties as { Environment: { Variables: { readonly [name: string]: unknown } } };
  return { variables: Environment.Variables, properties: resourceOf(stack, 'Custom::ImdsAccountDefaults').Properties };
}

describe('the settings of the function', () => {
  test('are those of the resource', () => {
    const { variables, properties } = settingsOf({ httpTokensEnforced: true, httpPutResponseHopLimit: 2, regions: ImdsRegions.of('us-east-1', 'eu-west-1') });
    expect(variables).toEqual({ IMDS_DEFAULTS: JSON.stringify(properties.Defaults), IMDS_REGIONS: 'eu-west-1,us-east-1' });
    expect(properties.Regions).toEqual(['eu-west-1', 'us-east-1']);
  });

  test('contain no Region if all Regions are set', () => {
    expect(settingsOf({ regions: ImdsRegions.allEnabled() }).variables.IMDS_REGIONS).toBe('*');
  });

  test.each([[ImdsDriftDetection.repair(), 'true'], [ImdsDriftDetection.report(), undefined], [ImdsDriftDetection.off(), undefined], [undefined, undefined]])(
    'allow repairs of drift only for repair() (%#)', (driftDetection, repairs) => {
      expect(settingsOf({ driftDetection }).variables.IMDS_REPAIRS).toBe(repairs);
      expect(settingsOf({ driftDetection }).variables.IMDS_STACK).toEqual(repairs && { Ref: 'AWS::StackId' });
    });

  test('are those of the resource if they are only known at deployment', () => {
    const stack = scratchStack();
    const { variables, properties } = settingsOf({
      httpTokens: new CfnParameter(stack, 'Tokens').valueAsString as DefaultHttpTokens,
      httpPutResponseHopLimit: new CfnParameter(stack, 'Hops', { type: 'Number' }).valueAsNumber,
      regions: ImdsRegions.of('eu-west-1', Fn.importValue('Region')),
    }, stack);
    expect(variables).toEqual({
      IMDS_DEFAULTS: { 'Fn::Join': ['', ['{"HttpTokens":"', { Ref: 'Tokens' }, '","HttpPutResponseHopLimit":', { Ref: 'Hops' }, '}']] },
      IMDS_REGIONS: { 'Fn::Join': ['', [{ 'Fn::ImportValue': 'Region' }, ',eu-west-1']] },
    });
    expect(properties).toMatchObject({ Defaults: { HttpTokens: { Ref: 'Tokens' }, HttpPutResponseHopLimit: { Ref: 'Hops' } }, Regions: [{ 'Fn::ImportValue': 'Region' }, 'eu-west-1'] });
  });

  test('accept a list of Regions that is only known at deployment', () => {
    const list = { 'Fn::Split': [',', { 'Fn::ImportValue': 'Regions' }] };
    const { variables, properties } = settingsOf({ regions: ImdsRegions.of(...Fn.split(',', Fn.importValue('Regions'))) });
    expect([variables.IMDS_REGIONS, properties.Regions]).toEqual([{ 'Fn::Join': [',', list] }, list]);
  });

  const many = (count: number) => ImdsRegions.of(...Array.from({ length: count }, (_, index) => `ap-southeast-${index + 1}`));

  test('have space for more Regions than exist', () => {
    const everything = { httpTokensEnforced: true, httpPutResponseHopLimit: 64, httpEndpoint: true, instanceMetadataTags: false };
    const { variables } = settingsOf({ regions: many(200), ...everything });
    expect(Buffer.byteLength(Object.entries(variables).join())).toBeLessThan(4_096);
  });

  test('are rejected if they do not fit into the environment of a function', () => {
    expect(() => settingsOf({ regions: many(300) })).toThrow(new Error('regions must have at most 3500 characters together, commas included, got 4991'));
  });

  test('can be unresolved', () => {
    expect(settingsOf({ regions: ImdsRegions.of(Lazy.string({ produce: () => 'eu-west-2' })) }).variables.IMDS_REGIONS).toBe('eu-west-2');
  });
});
