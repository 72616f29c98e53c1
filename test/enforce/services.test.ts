import { appOf, checked } from '../check/checked';
import { when } from '../harness/condition-forms';
import { DOORS } from '../harness/doors';
import type { Written } from '../harness/in-a-tree';
import { IN_A_TREE } from '../harness/in-a-tree';
import type { Json } from '../harness/json';
import { scratchStack } from '../harness/scratch-app';
import { read as readStack } from '../harness/synthesized';

const OPTION = { Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'DisableIMDSv1', Value: 'true' };
const PARAMETERS = { FleetType: { Type: 'String' }, AmiType: { Type: 'String' } };

describe.each(IN_A_TREE.slice(0, 2))('%s', (_, build) => {
  const inStack = (Resources: { readonly [id: string]: Written }) => {
    const stack = scratchStack();
    build(stack, { Parameters: PARAMETERS, Resources });
    return stack;
  };
  /** The findings of a check: rule and construct. */
  const checkedOf = (Resources: { readonly [id: string]: Written }) => checked(appOf(inStack(Resources))).violations
    .flatMap(({ ruleName, violatingConstructs }) => violatingConstructs.map(({ constructPath }) => `${ruleName.replace('Imdsv2::', '')} ${constructPath.split('/').pop()}`)).sort();
  /** The results of enforcement, and its warnings. */
  const enforcedOf = (Resources: { readonly [id: string]: Written }) => {
    const stack = inStack(Resources);
    DOORS.enforce(stack);
    const { template, reports } = readStack(appOf(stack).synth(), stack);
    return {
      properties: (id: string) => template.Resources[id].Properties as Json,
      warned: reports.flatMap(({ at, id }) => id?.startsWith('Imdsv2::') ? [`${id.replace('Imdsv2::', '')} ${at.split('/').pop()}`] : []).sort(),
      texts: reports.map(({ text }) => text),
    };
  };

  describe('an environment of Elastic Beanstalk', () => {
    const environment = (Properties: Json): Written => ({ Type: 'AWS::ElasticBeanstalk::Environment', Properties: { ApplicationName: 'shop', ...Properties } });
    const configuration = (Properties: Json): Written =>
      ({ Type: 'AWS::ElasticBeanstalk::ConfigurationTemplate', Properties: { ApplicationName: 'shop', ...Properties } });

    test.each<[string, Json]>([
      ['a solution stack', { SolutionStackName: '64bit Amazon Linux 2023 v4.3.0 running Docker' }],
      ['a solution stack of ECS', { SolutionStackName: '64bit Amazon Linux 2023 v4.0.0 running ECS' }],
      ['the ARN of a platform', { PlatformArn: 'arn:aws:elasticbeanstalk:eu-west-1::platform/Docker running on 64bit Amazon Linux 2023/4.3.0' }],
      ['one branch', { SolutionStackName: when('IsProduction', '64bit Amazon Linux 2023 v4.3.0 running Docker', '64bit Amazon Linux 2023 v4.1.0 running Python 3.11') }],
    ])('on Docker is enforced with a warning, because its containers get no token (%s)', (__, platform) => {
      const { properties, warned, texts } = enforcedOf({ Shop: environment(platform) });
      expect(properties('Shop').OptionSettings).toEqual([OPTION]);
      expect(warned).toEqual(['ContainerHopLimit Shop']);
      expect(texts.join()).toMatch(/is too low for containers: when tokens are required, the service sets a fixed hop limit of 1 and containers run on its instances .*; exempt it from Imdsv2::TokensRequired, or apply ContainerHost.no\(\)/);
    });

    test('on another platform is enforced without a warning', () => {
      const { properties, warned } = enforcedOf({ Shop: environment({ SolutionStackName: '64bit Amazon Linux 2023 v4.1.0 running Python 3.11' }) });
      expect(properties('Shop').OptionSettings).toEqual([OPTION]);
      expect(warned).toEqual([]);
    });

    test.each<[string, { readonly [id: string]: Written }, readonly string[]]>([
      ['takes the option from its configuration template', { Shop: environment({ TemplateName: { Ref: 'Saved' } }), Saved: configuration({ OptionSettings: [OPTION] }) }, []],
      ['is judged by a template without it', { Shop: environment({ TemplateName: { Ref: 'Saved' } }), Saved: configuration({}) }, ['TokensRequired Saved']],
      ['has the option itself, even if the template is unknown', { Shop: environment({ TemplateName: 'elsewhere', OptionSettings: [OPTION] }) }, []],
      ['leaves the option to an unknown template', { Shop: environment({ TemplateName: 'elsewhere' }) }, ['LaunchSourceUnknown Shop']],
      ['disables the option of its template', {
        Shop: environment({ TemplateName: { Ref: 'Saved' }, OptionSettings: [{ ...OPTION, Value: 'false' }] }), Saved: configuration({ OptionSettings: [OPTION] }),
      }, ['TokensRequired Shop']],
    ])('%s', (__, resources, found) => {
      expect(checkedOf(resources)).toEqual(found);
    });
  });

  describe('a node group without a launch template', () => {
    const nodes = (AmiType?: unknown): Written =>
      ({ Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: 'shop', NodeRole: 'role', Subnets: ['subnet-1'], ...AmiType === undefined ? {} : { AmiType } } });

    test.each<[string, unknown]>([
      ['AL2023', 'AL2023_x86_64_STANDARD'], ['AL2023 on Graviton', 'AL2023_ARM_64_STANDARD'], ['Bottlerocket', 'BOTTLEROCKET_ARM_64'],
      ['either', when('IsProduction', 'AL2023_x86_64_STANDARD', 'BOTTLEROCKET_x86_64')],
    ])('requires tokens because of its AMI type: %s', (__, type) => {
      expect(checkedOf({ Nodes: nodes(type) })).toEqual([]);
    });

    test.each<[string, unknown]>([
      ['AL2', 'AL2_x86_64'], ['Windows', 'WINDOWS_CORE_2022_x86_64'], ['none', undefined], ['a parameter', { Ref: 'AmiType' }],
      ['AL2 in one branch', when('IsProduction', 'AL2_x86_64', 'AL2023_x86_64_STANDARD')],
    ])('does not require tokens with another AMI type: %s', (__, type) => {
      expect(checkedOf({ Nodes: nodes(type) })).toEqual(['LaunchSourceMissing Nodes']);
    });
  });

  describe('a restore test of AWS Backup', () => {
    const selection = (RestoreMetadataOverrides: Json, ProtectedResourceType = 'EC2'): Written => ({
      Type: 'AWS::Backup::RestoreTestingSelection',
      Properties: {
        IamRoleArn: 'arn:aws:iam::123456789012:role/backup', RestoreTestingPlanName: 'plan', RestoreTestingSelectionName: 'instances', ProtectedResourceType, RestoreMetadataOverrides,
      },
    });

    test.each(['requireImdsV2', 'requireimdsv2', 'REQUIREIMDSV2', 'RequireImdsV2'])('is weakened by %s in any case, and is corrected under that name', key => {
      expect(checkedOf({ Test: selection({ [key]: 'false' }) })).toEqual(['TokensRequired Test']);
      expect(enforcedOf({ Test: selection({ [key]: 'false', instanceType: 't3.micro' }) }).properties('Test').RestoreMetadataOverrides)
        .toEqual({ [key]: 'true', instanceType: 't3.micro' });
    });

    test('is accepted if it sets nothing, or requires tokens', () => {
      expect(checkedOf({ Silent: selection({ instanceType: 't3.micro' }), Loud: selection({ REQUIREIMDSV2: 'TRUE' }) })).toEqual([]);
    });
  });

  describe('a fleet whose type is only known at deployment', () => {
    const template = (HttpTokens: string): Written =>
      ({ Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens } } } });
    const fleet = (HttpTokens: string, Type: unknown = { Ref: 'FleetType' }): Written => ({
      Type: 'AWS::EC2::EC2Fleet',
      Properties: {
        Type,
        TargetCapacitySpecification: { TotalTargetCapacity: 1 },
        LaunchTemplateConfigs: [{
          LaunchTemplateSpecification: { LaunchTemplateId: { Ref: 'Template' }, Version: '$Latest' },
          Overrides: [{ InstanceType: 'm5.large', MetadataOptions: { HttpTokens } }],
        }],
      },
    });

    test.each<[string, string, readonly string[]]>([
      ['required', 'required', []],
      ['optional', 'required', ['TokensRequired Fleet']],
      ['required', 'optional', ['TokensRequired Template']],
      ['optional', 'optional', ['TokensRequired Fleet', 'TokensRequired Template']],
    ])('needs tokens in both: an override with %s over a template with %s', (override, tokens, found) => {
      expect(checkedOf({ Fleet: fleet(override), Template: template(tokens) })).toEqual(found);
    });

    test('gets tokens in both, and its replacement is announced', () => {
      const { properties, warned } = enforcedOf({ Fleet: fleet('optional'), Template: template('optional') });
      expect(JSON.stringify([properties('Fleet'), properties('Template')])).not.toContain('optional');
      expect(warned).toEqual(['ReplacesResource Fleet']);
    });

    test('differs from a fleet of a type that ignores overrides', () => {
      expect(checkedOf({ Fleet: fleet('optional', 'maintain'), Template: template('required') })).toEqual(['OptionsIgnored Fleet']);
    });
  });
});
