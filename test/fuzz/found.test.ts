import { Aspects, CfnResource, Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import { CfnInstance } from 'aws-cdk-lib/aws-ec2';
import { CfnEnvironment } from 'aws-cdk-lib/aws-elasticbeanstalk';
import { CfnSecurityConfiguration } from 'aws-cdk-lib/aws-emr';
import { CfnWorkspaceInstance } from 'aws-cdk-lib/aws-workspacesinstances';
import type { IConstruct } from 'constructs';
import { Imdsv2, RequireImdsv2 } from '../../src';
import { include } from '../resources/included';
import { checkedTemplate } from './checked';
import { SCENES } from './kinds/scenes';
import { filesOf, synthesized } from './synthesis';
import { validated } from './validated';

const OPTION = { Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'DisableIMDSv1', Value: 'true' };
const NO_VALUE = { Ref: 'AWS::NoValue' };
const REQUIRED = { HttpTokens: 'required' };

interface Find {
  readonly name: string;
  readonly make: (scope: Stack) => CfnResource;
  readonly expected: object;
}

/** The counterexamples of earlier fuzz runs in their smallest form, so that each run tries them. */
const FINDS: readonly Find[] = [
  {
    name: 'all properties are lazy',
    make: scope => generic(scope, 'AWS::EC2::Instance', Lazy.any({ produce: () => ({ ImageId: 'ami-1' }) })),
    expected: { ImageId: 'ami-1', MetadataOptions: REQUIRED },
  },
  {
    name: 'a macro makes the properties',
    make: scope => generic(scope, 'AWS::EC2::Instance', { 'Fn::Transform': { Name: 'AWS::Include' } }),
    expected: { 'Fn::Transform': { Name: 'AWS::Include' } },
  },
  {
    name: 'a block cannot be made, as what it lies in has other properties that it must have',
    make: scope => new CfnWorkspaceInstance(scope, 'Resource', {}),
    expected: {},
  },
  {
    name: 'an option stands under a condition in a typed list',
    make: scope => new CfnEnvironment(scope, 'Resource', { applicationName: 'a', optionSettings: [Fn.conditionIf('C', OPTION, NO_VALUE)] }),
    expected: { ApplicationName: 'a', OptionSettings: [when(OPTION, NO_VALUE), when(NO_VALUE, OPTION)] },
  },
  {
    name: 'an option can never be, as its condition contradicts the one around it',
    make: scope => generic(scope, 'AWS::ElasticBeanstalk::Environment', { OptionSettings: [when(when(NO_VALUE, OPTION), NO_VALUE)] }),
    expected: { OptionSettings: [when(when(NO_VALUE, OPTION), NO_VALUE), OPTION] },
  },
  {
    name: 'options under two conditions, and the third under neither, leave nothing to add',
    make: scope => generic(scope, 'AWS::ElasticBeanstalk::Environment', {
      OptionSettings: [when(OPTION, NO_VALUE), when(OPTION, NO_VALUE, 'D'), when(NO_VALUE, when(NO_VALUE, OPTION, 'D'))],
    }),
    expected: { OptionSettings: [when(OPTION, NO_VALUE), when(OPTION, NO_VALUE, 'D'), when(NO_VALUE, when(NO_VALUE, OPTION, 'D'))] },
  },
  {
    name: 'an option under a condition is missing in each branch of a typed list',
    make: scope => new CfnEnvironment(scope, 'Resource', {
      applicationName: 'a', optionSettings: [Fn.conditionIf('C', Fn.conditionIf('C', Fn.importValue('x'), OPTION), NO_VALUE)],
    }),
    expected: { ApplicationName: 'a', OptionSettings: [when(when({ 'Fn::ImportValue': 'x' }, OPTION), NO_VALUE), OPTION] },
  },
  {
    name: 'chains of conditions that would explode give way to one option',
    make: scope => generic(scope, 'AWS::ElasticBeanstalk::Environment', {
      OptionSettings: ['A', 'B', 'E', 'F'].map(name => Array.from({ length: 24 }).reduce<unknown>((inner, _, level) => when(NO_VALUE, inner, `${name}${level}`), OPTION)),
    }),
    expected: {
      OptionSettings: [
        ...['A', 'B', 'E', 'F'].map(name => Array.from({ length: 24 }).reduce<unknown>((inner, _, level) => when(NO_VALUE, inner, `${name}${level}`), NO_VALUE)),
        OPTION,
      ],
    },
  },
  {
    name: 'an override with NoValue takes all options away',
    make: scope => overridden(instance(scope, { httpEndpoint: 'disabled' }), 'MetadataOptions', Token.asAny(NO_VALUE)),
    expected: { MetadataOptions: REQUIRED },
  },
  {
    name: 'an override with a condition replaces all options',
    make: scope => overridden(instance(scope, { httpEndpoint: 'disabled' }), 'MetadataOptions', when(NO_VALUE, { HttpTokens: 'optional' })),
    expected: { MetadataOptions: when(REQUIRED, REQUIRED) },
  },
  {
    name: 'an override makes text of a document',
    make: scope => overridden(new CfnSecurityConfiguration(scope, 'Resource', { securityConfiguration: {} }), 'SecurityConfiguration', { 'Fn::ToJsonString': { A: 1 } }),
    expected: { SecurityConfiguration: { 'Fn::ToJsonString': { A: 1, ...document(2) } } },
  },
  {
    name: 'an override makes text of nothing, which CDK leaves out',
    make: scope => {
      const security = generic(scope, 'AWS::EMR::SecurityConfiguration', { SecurityConfiguration: { ...NO_VALUE } });
      security.addOverride('Properties', { SecurityConfiguration: { 'Fn::ToJsonString': {} } });
      return security;
    },
    expected: { SecurityConfiguration: document(2) },
  },
  {
    name: 'a lazy override makes text of nothing, which CDK leaves out',
    make: scope => overridden(
      generic(scope, 'AWS::EMR::SecurityConfiguration', { SecurityConfiguration: { Other: 1 } }), 'SecurityConfiguration', Lazy.any({ produce: () => ({ 'Fn::ToJsonString': {} }) }),
    ),
    expected: { SecurityConfiguration: { Other: 1, ...document(2) } },
  },
  {
    name: 'an override makes text beside an object, which CDK merges',
    make: scope => overridden(generic(scope, 'AWS::EMR::SecurityConfiguration', { SecurityConfiguration: { B: 1 } }), 'SecurityConfiguration', { 'Fn::ToJsonString': { A: 1 } }),
    expected: { SecurityConfiguration: { 'B': 1, 'Fn::ToJsonString': { A: 1 }, ...document(2) } },
  },
  {
    name: 'an override makes text of more than what CDK merges it with',
    make: scope => overridden(
      generic(scope, 'AWS::EMR::SecurityConfiguration', { SecurityConfiguration: { 'Fn::ToJsonString': { B: 1 } } }), 'SecurityConfiguration', { 'Fn::ToJsonString': { A: 1 } },
    ),
    expected: { SecurityConfiguration: { 'Fn::ToJsonString': { B: 1, A: 1, ...document(2) } } },
  },
  ...[null, undefined].map(nothing => ({
    name: `a lazy override makes ${nothing} of an instance, in which no block can be made then`,
    make: (scope: Stack) => overridden(
      generic(scope, 'AWS::WorkspacesInstances::WorkspaceInstance', { ManagedInstance: { ImageId: 'ami-1' } }), 'ManagedInstance', Lazy.any({ produce: () => nothing }),
    ),
    expected: nothing === null ? { ManagedInstance: null } : {},
  })),
  {
    name: 'overrides count by the places of a list from which others were deleted',
    make: scope => {
      const options = { Namespace: OPTION.Namespace, OptionName: 'InstanceType', Value: 't3.micro' };
      const environment = generic(scope, 'AWS::ElasticBeanstalk::Environment', { OptionSettings: [options, NO_VALUE, options, NO_VALUE] });
      environment.addPropertyOverride('OptionSettings.3', 'true');
      environment.addPropertyOverride('OptionSettings.2', []);
      environment.addPropertyDeletionOverride('OptionSettings.0');
      return environment;
    },
    expected: { OptionSettings: [NO_VALUE, [], 'true', OPTION] },
  },
  {
    name: 'a condition stands in a list of which an override changes another element',
    make: scope => {
      const overrides = [{ MetadataOptions: { HttpTokens: 'optional' } }];
      const configs = [{}, when({ Overrides: overrides }, NO_VALUE)];
      const resource = generic(scope, 'AWS::EC2::EC2Fleet', { Type: 'instant', LaunchTemplateConfigs: configs });
      resource.addPropertyOverride('LaunchTemplateConfigs', { 'Fn::ForEach::Each': ['X', ['a'], {}], 'Other': 1 });
      resource.addPropertyOverride('LaunchTemplateConfigs.0.Overrides.0.MetadataOptions.HttpTokens', 'optional');
      return resource;
    },
    expected: {
      Type: 'instant',
      LaunchTemplateConfigs: [{ Overrides: { 0: { MetadataOptions: { HttpTokens: 'optional' } } } }, when({ Overrides: [{ MetadataOptions: REQUIRED }] }, NO_VALUE)],
    },
  },
  {
    name: 'an override puts an object where options belong',
    make: scope => overridden(generic(scope, 'AWS::ElasticBeanstalk::Environment', { ApplicationName: 'a' }), 'OptionSettings', { x: 1 }),
    expected: { ApplicationName: 'a', OptionSettings: { x: 1 } },
  },
  {
    name: 'an override stands beside a function that makes the properties, which CDK drops',
    make: scope => overridden(generic(scope, 'AWS::EC2::Instance', when({ ImageId: 'ami-1' }, { ImageId: 'ami-2' })), 'InstanceType', 't3.micro'),
    expected: { InstanceType: 't3.micro', MetadataOptions: REQUIRED },
  },
  {
    name: 'an override stands beside something lazy that makes a function of the properties',
    make: scope => overridden(
      generic(scope, 'AWS::EC2::Instance', Lazy.any({ produce: () => when({ ImageId: 'ami-1' }, { ImageId: 'ami-2' }) })), 'InstanceType', 't3.micro',
    ),
    expected: { InstanceType: 't3.micro', MetadataOptions: REQUIRED },
  },
  {
    name: 'an override stands beside a text in the place of all properties, which CDK drops',
    make: scope => overridden(generic(scope, 'AWS::EC2::Instance', 'text'), 'InstanceType', 't3.micro'),
    expected: { InstanceType: 't3.micro', MetadataOptions: REQUIRED },
  },
  {
    name: 'an override deletes a document with a block in it',
    make: scope => {
      const SecurityConfiguration = { InstanceMetadataServiceConfiguration: { HttpPutResponseHopLimit: 1 }, Other: 1 };
      return overridden(generic(scope, 'AWS::EMR::SecurityConfiguration', { SecurityConfiguration }), 'SecurityConfiguration', undefined);
    },
    expected: { SecurityConfiguration: document(2) },
  },
  {
    name: 'tokens are required in the prototype of a lazy block, which no template shows',
    make: scope => generic(scope, 'AWS::EC2::Instance', {
      MetadataOptions: Lazy.any({ produce: () => JSON.parse('{"HttpEndpoint":"enabled","__proto__":{"HttpTokens":"required"}}') as object }),
    }),
    expected: { MetadataOptions: { HttpEndpoint: 'enabled', ...REQUIRED } },
  },
  {
    name: 'the version of a launch template is something that has no text',
    make: scope => generic(scope, 'AWS::EC2::Instance', { LaunchTemplate: { Version: { 'Fn::Sub': { toString: 1, valueOf: 1 } } } }),
    expected: { LaunchTemplate: { Version: { 'Fn::Sub': { toString: 1, valueOf: 1 } } }, MetadataOptions: REQUIRED },
  },
  {
    name: 'null stands where a fleet could weaken its template',
    make: scope => generic(scope, 'AWS::EC2::EC2Fleet', fleetWith({ HttpTokens: null })),
    expected: fleetWith(REQUIRED),
  },
  {
    name: 'null stands under a condition where a fleet could weaken its template',
    make: scope => generic(scope, 'AWS::EC2::EC2Fleet', fleetWith({ HttpTokens: when(null, NO_VALUE) })),
    expected: fleetWith({ HttpTokens: when('required', NO_VALUE) }),
  },
];

const DOORS: readonly [string, (resource: CfnResource) => void][] = [
  ['Imdsv2.enforce', resource => Imdsv2.enforce(resource.node.root)],
  ['the aspect', resource => Aspects.of(resource).add(new RequireImdsv2())],
  ['the mixin, twice', resource => { resource.with(new RequireImdsv2()); resource.with(new RequireImdsv2()); }],
];

describe.each(DOORS)('enforced by %s', (_, enforce) => {
  test.each(FINDS)('$name', ({ make, expected }) => {
    expect(properties(scope => enforce(make(scope)))).toEqual(expected);
  });
});

describe('a fleet that enables what its template disables', () => {
  const off = { HttpTokens: 'optional', HttpEndpoint: 'disabled' };
  const of = (options: object): object => ({
    Resources: {
      Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: off } } },
      Fleet: {
        Type: 'AWS::EC2::EC2Fleet',
        Properties: {
          Type: 'instant',
          LaunchTemplateConfigs: [{
            LaunchTemplateSpecification: { LaunchTemplateId: { Ref: 'Template' }, Version: '$Latest' }, Overrides: [{ MetadataOptions: options }],
          }],
        },
      },
    },
  });

  test.each<[object, string, string[]]>([
    [{ HttpEndpoint: 'enabled' }, 'not required', ['Imdsv2::TokensRequired']],
    [{ HttpEndpoint: 'enabled', HttpTokens: 'required' }, 'required', []],
    [{}, 'required', []],
  ])('%j is %s', (options, outcome, rules) => {
    const { report } = checkedTemplate(of(options));
    expect(report.resources.find(({ logicalId }) => logicalId === 'Fleet')?.outcome).toBe(outcome);
    expect(report.findings.map(({ rule }) => rule)).toEqual(rules);
  });
});

test('an unknown element is reported even in a branch that no condition selects, and no law forbids this', () => {
  const unknown = { 'Fn::ImportValue': 'x' };
  const environment = { Type: 'AWS::ElasticBeanstalk::Environment', Properties: { ApplicationName: 'a', OptionSettings: [when(when(OPTION, unknown), OPTION)] } };
  const scene = SCENES.open({ place: 'app', outer: { Conditions: { C: {} }, Resources: { Environment: environment } } });
  for (const law of SCENES.laws) { expect(() => law.check(scene)).not.toThrow(); }
});

describe('a value that differs after the mixin was applied', () => {
  const CASES: readonly [string, (value: unknown) => object, unknown, unknown, object][] = [
    ['AWS::EC2::Instance', value => ({ MetadataOptions: { HttpTokens: value } }), 'required', 'optional', { MetadataOptions: REQUIRED }],
    ['AWS::EC2::Instance', value => ({ MetadataOptions: value }), REQUIRED, { HttpTokens: 'optional' }, { MetadataOptions: REQUIRED }],
    ['AWS::AppStream::Fleet', value => ({ DisableIMDSV1: value }), true, false, { DisableIMDSV1: true }],
    ['AWS::ElasticBeanstalk::Environment', value => ({ OptionSettings: [{ ...OPTION, Value: value }] }), 'true', 'false', { OptionSettings: [OPTION] }],
    ['AWS::ElasticBeanstalk::Environment', value => ({ OptionSettings: value }), [OPTION], [], { OptionSettings: [OPTION] }],
    ['AWS::EC2::EC2Fleet', value => fleet(value), 'required', 'optional', fleet('required')],
    ['AWS::EC2::EC2Fleet', value => fleet(value), undefined, 'optional', fleet('required')],
    ['AWS::EMR::SecurityConfiguration', value => ({ SecurityConfiguration: value }), document(2), document(1), { SecurityConfiguration: document(2) }],
    ['AWS::EMR::SecurityConfiguration', value => ({ SecurityConfiguration: document(value) }), 2, 1, { SecurityConfiguration: document(2) }],
    ['AWS::SageMaker::NotebookInstance', value => ({ InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: value } }), '2', '1',
      { InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '2' } }],
  ];

  test.each(CASES)('in %s does not undo it', (type, shape, before, after, expected) => {
    for (const lazy of [Lazy.any, Lazy.uncachedAny]) {
      let current = before;
      expect(properties(scope => {
        generic(scope, type, shape(lazy({ produce: () => current }))).with(new RequireImdsv2());
        current = after;
      })).toEqual(expected);
    }
  });
});

test.each([['a text', 'text'], ['a number', 1], ['a list', ['text']]])('%s instead of all properties hides nothing from the pack', (_, value) => {
  const { validator, pack } = validated(app => { overridden(generic(new Stack(app, 'Stack'), 'AWS::EC2::LaunchTemplate', value), 'Other', 't3.micro'); });
  expect(pack).toEqual(validator);
});

test('an attribute that is not a text, as the template parser reads it, hides nothing of a resource from the pack', () => {
  const group = {
    Type: 'AWS::EKS::Nodegroup',
    Properties: { LaunchTemplate: { Id: { Ref: 'Template' }, Version: '1' }, NodeRole: { 'Fn::GetAtt': ['Role', {}] }, AmiType: 'AL2_x86_64', ClusterName: 'c', Subnets: ['s'] },
  };
  const Resources = {
    Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } },
    Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: {} } },
    Group: group,
  };
  const { validator, pack } = validated(app => { include(new Stack(app, 'Stack'), 'Included', { Resources }); });
  expect(pack).toEqual(validator);
});

function fleetWith(options: unknown): object {
  return { Type: 'instant', LaunchTemplateConfigs: [{ Overrides: [{ MetadataOptions: options }] }] };
}

function fleet(tokens: unknown): object {
  return { Type: 'instant', LaunchTemplateConfigs: [{ Overrides: [{ MetadataOptions: { HttpTokens: tokens } }] }] };
}

function document(version: unknown): object {
  return { InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: version, HttpPutResponseHopLimit: 1 } };
}

function properties(build: (scope: Stack) => void): unknown {
  const files = filesOf(synthesized(app => build(new Stack(app, 'Stack'))));
  const { Resources } = JSON.parse(files['Stack.template.json']) as { Resources: { Resource: { Properties?: unknown } } };
  return Resources.Resource.Properties ?? {};
}

function generic(scope: IConstruct, type: string, values: unknown): CfnResource {
  return new CfnResource(scope as Stack, 'Resource', { type, properties: values as { [name: string]: unknown } });
}

function instance(scope: Stack, metadataOptions: CfnInstance.MetadataOptionsProperty): CfnResource {
  return new CfnInstance(scope, 'Resource', { metadataOptions });
}

function overridden(resource: CfnResource, path: string, value: unknown): CfnResource {
  resource.addPropertyOverride(path, value);
  return resource;
}

function when(whenTrue: unknown, whenFalse: unknown, condition = 'C'): object {
  return { 'Fn::If': [condition, whenTrue, whenFalse] };
}
