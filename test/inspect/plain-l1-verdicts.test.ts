import { mkdtempSync, writeFileSync } from 'fs';
import { join } from 'path';
import type { App } from 'aws-cdk-lib';
import { CfnResource, Fn, Lazy } from 'aws-cdk-lib';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { ContainerHost } from '../../src';
import { judge } from '../../src/inspect/judge';
import { PlainL1Verdicts } from '../../src/inspect/plain-l1-verdicts';
import { TreeAnalysis } from '../../src/inspect/tree-analysis';
import { ImdsPolicy } from '../../src/policy/imds-policy';
import { RECORDS } from '../../src/resources/all-records';
import { SCRATCH, scratchStack } from '../harness/scratch-app';
import { SURROUNDINGS, TEMPLATES, around } from './plain-cases';

const POLICY = new ImdsPolicy({}, () => false);
const REQUIRED = { HttpTokens: 'required' };
const FOLLOWING = { LaunchTemplateId: { Ref: 'Silent' }, Version: { 'Fn::GetAtt': ['Silent', 'LatestVersionNumber'] } };

/** Blocks for metadata options. The short way accepts one that requires tokens, and none. */
const BLOCKS: readonly unknown[] = [
  undefined, null, 'required', [], {}, { Ref: 'AWS::NoValue' }, { 'Fn::If': ['C', REQUIRED, { Ref: 'AWS::NoValue' }] }, REQUIRED,
  ...['optional', null, { Ref: 'Parameter' }, { 'Fn::If': ['C', 'required', 'optional'] }].map(HttpTokens => ({ HttpTokens })),
  ...['1', '2', 2, null].map(MinimumInstanceMetadataServiceVersion => ({ MinimumInstanceMetadataServiceVersion })),
  ...[{ HttpPutResponseHopLimit: 1 }, { HttpPutResponseHopLimit: 3 }, { HttpEndpoint: 'disabled' }, { HttpEndpoint: null }].map(more => ({ ...REQUIRED, ...more })),
];

const OTHERS: readonly object[] = [
  ...SURROUNDINGS,
  { LaunchTemplate: { LaunchTemplateName: 'web', Version: '$Latest' } }, { LaunchTemplate: { ...FOLLOWING, Version: '$Default' } },
  { LaunchTemplate: { ...FOLLOWING, Version: { 'Fn::GetAtt': ['Off', 'LatestVersionNumber'] } } },
  { LaunchTemplate: { ...FOLLOWING, Version: { 'Fn::GetAtt': ['Silent', 'DefaultVersionNumber'] } } },
  { LaunchTemplate: { LaunchTemplateId: { Ref: 'A' }, Version: '$Latest' } }, { LaunchTemplate: { LaunchTemplateId: { Ref: 'Group' }, Version: '$Latest' } },
  { UserData: { 'Fn::Base64': 'curl http://169.254.169.254/latest/' } }, { UserData: { 'Fn::Base64': 'docker run web' } },
  { ImageId: '{{resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id}}' },
];

/** The verdicts on a resource by the short way and by the long one. */
function verdictsOn(resource: CfnResource, analysis = TreeAnalysis.synthesized(resource)) {
  return {
    plain: new PlainL1Verdicts(analysis).on(resource),
    judged: judge(analysis.resourceOf(resource), analysis, POLICY).map(({ resource: _, ...finding }) => finding),
  };
}

/** The L1 that `CfnInclude` makes of a definition, beside launch templates and a security group; `undefined` if CDK refuses the definition. */
function included(definition: object): CfnResource | undefined {
  const templateFile = join(mkdtempSync(join(SCRATCH, 'included-')), 'template.json');
  const Resources = { A: definition, Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'web' } }, ...TEMPLATES };
  const Parameters = { Parameter: { Type: 'String' }, Elsewhere: { Type: 'String' } };
  writeFileSync(templateFile, JSON.stringify({ Parameters, Conditions: { C: { 'Fn::Equals': ['a', 'b'] } }, Resources }));
  try {
    return new CfnInclude(scratchStack(), 'Template', { templateFile }).getResource('A');
  } catch {
    return undefined;
  }
}

// Others are never plain: they have several places for options, or something else decides about them.
const OF_ONE_PLACE = RECORDS.filter(({ carriers }) => carriers.length === 1);

describe.each(OF_ONE_PLACE.map(record => [record.type, record] as const))('%s', (type, { carriers, launchesFrom }) => {
  const aroundAll = (blocks: readonly unknown[], more: object) => carriers.flatMap(({ path }) => blocks.map(block => around(path, block, more)));
  const properties = [
    ...aroundAll(BLOCKS, {}),
    ...OTHERS.flatMap(more => [
      more, { LaunchTemplateData: more }, ...aroundAll([null, REQUIRED], more),
      ...(launchesFrom?.references ?? []).map(({ segments }) => around(segments, FOLLOWING, more)),
    ]),
  ];

  test('a plain verdict is that of the judge', () => {
    for (const Properties of [...properties, undefined]) {
      const resource = included({ Type: type, Properties });
      if (!resource) { continue; }
      const { plain, judged } = verdictsOn(resource);
      expect({ Properties, found: plain ?? judged }).toEqual({ Properties, found: judged });
    }
  });
});

/** An instance that follows a launch template of its stack. */
function follower(version?: string): CfnInstance {
  const stack = scratchStack();
  const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { metadataOptions: { httpTokens: 'required' } } });
  return new CfnInstance(stack, 'A', { launchTemplate: { launchTemplateId: template.ref, version: version ?? template.attrLatestVersionNumber } });
}

test.each<[string, () => CfnResource, string[]]>([
  ['an instance that requires tokens', () => new CfnInstance(scratchStack(), 'A', { userData: Fn.base64('echo'), metadataOptions: { httpTokens: 'required' } }), []],
  ['an instance without metadata options', () => new CfnInstance(scratchStack(), 'A', { imageId: 'ami-1' }), ['Imdsv2::TokensRequired']],
  ['an instance that follows a launch template', () => follower(), []],
  ['an instance that follows the latest version', () => follower('$Latest'), []],
  ['a launch template without data', () => new CfnLaunchTemplate(scratchStack(), 'A', { launchTemplateData: {} }), ['Imdsv2::TokensRequired']],
])('%s is plain', (_, create, rules) => {
  const { plain, judged } = verdictsOn(create());
  expect(plain?.map(({ rule }) => rule)).toEqual(rules);
  expect(judged).toEqual(plain);
});

test.each<[string, (resource: CfnInstance) => void]>([
  ['if its tokens are unresolved', resource => { resource.metadataOptions = { httpTokens: Lazy.string({ produce: () => 'required' }) }; }],
  ['with another setting', resource => { resource.metadataOptions = { httpTokens: 'required', httpPutResponseHopLimit: 3 }; }],
  ['with an override', resource => { resource.addPropertyOverride('MetadataOptions.HttpTokens', 'optional'); }],
  ['if its user data calls the metadata service', resource => { resource.userData = Fn.base64('curl http://169.254.169.254/latest/'); }],
  ['if it is declared as a container host', resource => { resource.with(new ContainerHost()); }],
  ['if another resource is a sign of containers', ({ stack }) => { new CfnResource(stack, 'Nodes', { type: 'AWS::EKS::Nodegroup' }); }],
  ['if an object of the user does not let it be read', resource => {
    resource.metadataOptions = undefined;
    resource.launchTemplate = { get launchTemplateId(): string { throw new Error('no'); }, version: '1' };
  }],
])('an instance is not plain %s', (_, change) => {
  const resource = new CfnInstance(scratchStack(), 'A', { metadataOptions: { httpTokens: 'required' } });
  change(resource);
  expect(verdictsOn(resource).plain).toBe(undefined);
});

test.each<[string, (template: CfnLaunchTemplate) => CfnResource]>([
  ['of a version of another template', template => instanceOf(template, new CfnLaunchTemplate(template.stack, 'Other', { launchTemplateData: {} }).attrLatestVersionNumber)],
  ['of the default version', template => instanceOf(template, template.attrDefaultVersionNumber)],
  ['of a template that another stack has', template => instanceOf(template, '$Latest', scratchStack(template.stack.node.root as App, 'Next'))],
  ['of a template whose type is overridden', template => {
    template.addOverride('Type', 'AWS::EC2::Instance');
    return instanceOf(template, '$Latest');
  }],
])('an instance %s is not plain', (_, create) => {
  const template = new CfnLaunchTemplate(scratchStack(), 'Template', { launchTemplateData: {} });
  expect(verdictsOn(create(template)).plain).toBe(undefined);
});

function instanceOf(template: CfnLaunchTemplate, version: string, stack = template.stack): CfnInstance {
  return new CfnInstance(stack, 'A', { launchTemplate: { launchTemplateId: template.ref, version } });
}
