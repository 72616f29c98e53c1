import type { App } from 'aws-cdk-lib';
import { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnInstance } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { Imdsv2, RequireImdsv2 } from '../../src';
import { filesOf, synthesized } from '../fuzz/synthesis';
import { validated } from '../fuzz/validated';

// A class that is derived from an L1 can render anything. CDK writes what it renders, so this counts, and nothing in it stops an enforcement.

const WEAK = { httpTokens: 'optional' };
const WEAK_PROPERTIES = { MetadataOptions: { HttpTokens: 'optional' } };
const REQUIRED = { MetadataOptions: { HttpTokens: 'required' } };

type Rendering = (instance: CfnInstance, whole: object) => unknown;

describe.each<[string, Rendering]>([
  ['a number', () => 5],
  ['no section', () => ({})],
  ['an empty section', () => ({ Resources: {} })],
  ['a section that is missing', () => ({ Resources: undefined })],
  ['a resource that is null', ({ logicalId }) => ({ Resources: { [logicalId]: null } })],
  ['a resource without a type', ({ logicalId }) => ({ Resources: { [logicalId]: { Properties: WEAK_PROPERTIES } } })],
  ['a resource of another type', ({ logicalId }) => ({ Resources: { [logicalId]: { Type: 'AWS::S3::Bucket', Properties: WEAK_PROPERTIES } } })],
])('an L1 that renders %s is not an instance', (_, render) => {
  const build = (app: App) => { rendering(render, new Stack(app, 'Stack')); };

  test('for enforcement', () => {
    expect(byAllDoors(build)).toEqual(synthesized(build));
  });

  test('for validator and pack', () => {
    for (const enforce of [false, true]) {
      const { validator, pack, report } = validated(app => { build(app); if (enforce) { Imdsv2.enforce(app); } });
      expect([validator, pack, report.resources]).toEqual([[], [], []]);
    }
  });
});

test('an L1 that renders nothing fails as it does without enforcement', () => {
  const build = (app: App) => { rendering(() => undefined, new Stack(app, 'Stack')); };
  expect(byAllDoors(build).error).toEqual(synthesized(build).error);
});

describe('an L1 that ignores written properties', () => {
  const build = (app: App) => { rendering(({ logicalId, cfnResourceType }) => resourcesOf(logicalId, cfnResourceType), new Stack(app, 'Stack')); };

  test('is reported, but not as if an aspect had changed it', () => {
    const { error, messages } = byAllDoors(build);
    expect(error).toBeUndefined();
    expect(messages!.filter(message => message.includes('Imdsv2::TokensRequired'))).toEqual([expect.stringContaining("must be 'required', got 'optional'")]);
  });

  test('is found by the validator and the pack', () => {
    const { validator, pack } = validated(build);
    expect([validator, pack]).toEqual([['Stack/Instance Imdsv2::TokensRequired'], ['Stack/Instance Imdsv2::TokensRequired']]);
  });
});

test('an additional instance that an L1 renders is found by the validator and the pack', () => {
  const { validator, pack } = validated(app => {
    rendering((_, whole) => ({ Resources: { ...resourcesOf('Other', 'AWS::EC2::Instance').Resources, ...(whole as { Resources: object }).Resources } }), new Stack(app, 'Stack'), REQUIRED);
  });
  expect([validator, pack]).toEqual([['Stack Imdsv2::TokensRequired'], ['Stack Imdsv2::TokensRequired']]);
});

describe.each<[string, PropertyDescriptor]>([
  ['throws', { get: () => { throw new Error('not now'); }, set: () => undefined }],
  ['cannot be written', { get: () => WEAK }],
])('enforcement requires tokens on an L1 whose options %s when they are read', (_, descriptor) => {
  test.each<[string, (scope: Construct) => CfnResource]>([
    ['derived', scope => new (class extends CfnInstance {})(scope, 'Instance', { metadataOptions: WEAK })],
    ['generated', scope => new CfnInstance(scope, 'Instance', { metadataOptions: WEAK })],
    ['generic', scope => new CfnResource(scope, 'Instance', { type: 'AWS::EC2::Instance', properties: WEAK_PROPERTIES })],
  ])('%s', (__, make) => {
    const build = (app: App) => { Object.defineProperty(make(new Stack(app, 'Stack')), 'metadataOptions', descriptor); };
    const template = JSON.parse(filesOf(byAllDoors(build))['Stack.template.json']) as { Resources: { Instance: object } };
    expect(template.Resources.Instance).toMatchObject({ Properties: REQUIRED });
  });
});

function rendering(render: Rendering, scope: Construct, properties: object = WEAK_PROPERTIES): void {
  class Own extends CfnInstance {
    public _toCloudFormation(): object {
      return render(this, super._toCloudFormation()) as object;
    }
  }
  new Own(scope, 'Instance', { imageId: 'ami-1' }).addOverride('Properties', properties);
}

function resourcesOf(logicalId: string, type: string): { Resources: object } {
  return { Resources: { [logicalId]: { Type: type, Properties: WEAK_PROPERTIES } } };
}

function byAllDoors(build: (app: App) => void): ReturnType<typeof synthesized> {
  return synthesized(app => {
    build(app);
    app.node.findAll().forEach(construct => new RequireImdsv2().applyTo(construct));
    Imdsv2.enforce(app);
  });
}
