import { App, CfnParameter, CfnResource, Lazy, Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnInstance } from 'aws-cdk-lib/aws-ec2';
import { LiveResource } from '../../src/resources/live-resource';
import { StackParameters } from '../../src/resources/stack-parameters';

/** The internals of CDK that `src/resources/live-resource.ts` uses. */
interface Internals {
  readonly rawOverrides: { [name: string]: unknown };
  readonly cfnProperties: { [name: string]: unknown };
  _cfnProperties: { [name: string]: unknown };
  renderProperties(properties: object): { [name: string]: unknown };
  _toCloudFormation(): object;
}

const OPTIONAL = { MetadataOptions: { HttpTokens: 'optional' } };
const WHERE = 'CDK moved what src/resources/live-resource.ts reaches for';

let app: App;
let stack: Stack;
beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
});

describe('the internals of CDK about a resource are where we expect them', () => {
  test('rawOverrides contains overrides as a tree, and deletions as keys without a value', () => {
    const { resource, internals } = generic(OPTIONAL);
    expect([WHERE, { ...internals.rawOverrides }]).toEqual([WHERE, {}]);
    resource.addPropertyOverride('MetadataOptions.HttpEndpoint', 'enabled');
    resource.addPropertyDeletionOverride('MetadataOptions.HttpTokens');
    resource.addOverride('Type', 'AWS::EC2::Other');
    expect(internals.rawOverrides.Type).toBe('AWS::EC2::Other');
    const { MetadataOptions } = internals.rawOverrides.Properties as { MetadataOptions: object };
    expect(Object.entries(MetadataOptions)).toEqual([['HttpEndpoint', 'enabled'], ['HttpTokens', undefined]]);
  });

  test('addOverride for all properties stores a value unchanged', () => {
    const { resource, internals } = generic(OPTIONAL);
    const override = { MetadataOptions: { HttpTokens: 'required' } };
    resource.addOverride('Properties', override);
    expect(internals.rawOverrides.Properties).toBe(override);
  });

  test('_cfnProperties of a generic resource is the input of the user, can be replaced, and is rendered', () => {
    const { internals, render } = generic(OPTIONAL);
    expect(internals._cfnProperties).toBe(OPTIONAL);
    expect(internals.cfnProperties.MetadataOptions).toBe(OPTIONAL.MetadataOptions);
    internals._cfnProperties = { MetadataOptions: { HttpTokens: 'required' } };
    expect(render()).toEqual({ MetadataOptions: { HttpTokens: 'required' } });
  });

  test('cfnProperties of an L1 has camel-case names and follows assignments', () => {
    const { instance, internals } = typed();
    instance.metadataOptions = { httpTokens: 'optional' };
    expect(internals.cfnProperties).toMatchObject({ metadataOptions: { httpTokens: 'optional' } });
  });

  test('renderProperties of an L1 turns camel-case names into those of CloudFormation, and leaves an intrinsic alone', () => {
    const { internals } = typed();
    const condition = { 'Fn::If': ['C', { HttpTokens: 'required' }, { Ref: 'AWS::NoValue' }] };
    expect(internals.renderProperties({ metadataOptions: { httpTokens: 'optional' } })).toMatchObject(OPTIONAL);
    expect(internals.renderProperties({ metadataOptions: condition })).toMatchObject({ MetadataOptions: condition });
  });

  test('_toCloudFormation renders only this resource, with its overrides, under its logical id', () => {
    const { resource, internals } = generic(OPTIONAL);
    resource.addPropertyOverride('ImageId', 'ami-1');
    expect(stack.resolve(internals._toCloudFormation())).toEqual({
      Resources: { Resource: { Type: 'AWS::EC2::Instance', Properties: { ...OPTIONAL, ImageId: 'ami-1' } } },
    });
  });

  test('rendering freezes nothing, so later changes are in the template', () => {
    const { instance } = typed();
    let tokens = 'optional';
    instance.metadataOptions = { httpTokens: Lazy.uncachedString({ produce: () => tokens }) };
    new LiveResource(instance).rendered();
    tokens = 'required';
    Tags.of(instance).add('later', 'yes');
    expect(synthesized('Instance')).toEqual({ MetadataOptions: { HttpTokens: 'required' }, Tags: [{ Key: 'later', Value: 'yes' }] });
  });
});

describe('a live resource', () => {
  test('has its synthesized type', () => {
    const { resource } = generic({});
    expect(LiveResource.typeOf(resource)).toBe('AWS::EC2::Instance');
    resource.addOverride('Type', 'AWS::EC2::LaunchTemplate');
    expect(LiveResource.typeOf(resource)).toBe('AWS::EC2::LaunchTemplate');
  });

  test('can be written without a change in the object of the user', () => {
    const passed = { ImageId: 'ami-1' };
    const { resource } = generic(passed);
    const live = new LiveResource(resource);
    const value = live.written(['MetadataOptions'])?.value;
    live.write(['MetadataOptions'], { ...value as object, MetadataOptions: { HttpTokens: 'required' } });
    expect(passed).toEqual({ ImageId: 'ami-1' });
    expect(synthesized('Resource')).toEqual({ ImageId: 'ami-1', MetadataOptions: { HttpTokens: 'required' } });
  });

  test.each<[string, (resource: CfnResource) => void, boolean]>([
    ['nothing', () => undefined, false],
    ['another property', resource => resource.addPropertyOverride('ImageId', 'ami-1'), false],
    ['the property', resource => resource.addPropertyOverride('MetadataOptions.HttpTokens', 'optional'), true],
    ['a deletion of the property', resource => resource.addPropertyDeletionOverride('MetadataOptions'), true],
    ['all properties', resource => resource.addOverride('Properties', undefined), true],
    ['a token for all properties', resource => resource.addOverride('Properties', Lazy.any({ produce: () => ({}) })), true],
  ])('finds whether an override of %s hides a property', (_, override, expected) => {
    for (const { resource } of [generic(OPTIONAL), { resource: typed().instance }]) {
      override(resource);
      expect(new LiveResource(resource).isShadowed('MetadataOptions')).toBe(expected);
    }
  });

  test('that cannot be rendered returns this, and does not throw', () => {
    const { resource } = generic({ ImageId: Lazy.any({ produce: () => { throw new Error('not yet'); } }) });
    expect(new LiveResource(resource).rendered()).toBeUndefined();
  });

  test('renders without its overrides what it would render if it had none', () => {
    const { instance } = typed();
    instance.metadataOptions = { httpTokens: 'optional' };
    instance.addPropertyDeletionOverride('MetadataOptions');
    expect(new LiveResource(instance).renderedWithoutOverrides()).toMatchObject(OPTIONAL);
    expect(new LiveResource(instance).rendered()).toEqual({});
  });
});

test.each<readonly [string, (resource: CfnResource) => void]>([
  ['as CDK makes it', () => undefined],
  ['overridden', resource => { resource.overrideLogicalId('Other'); }],
  ['overridden by a value that is only known later', resource => { resource.overrideLogicalId(Lazy.string({ produce: () => 'Later' })); }],
  ['renamed by its stack', resource => { resource.stack.renameLogicalId('Topic', 'Renamed'); }],
])('the logical id is the one in the template: %s', (_, change) => {
  const resource = new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
  change(resource);
  const { Resources } = Template.fromStack(stack).toJSON() as { Resources: object };
  expect(Object.keys(Resources)).toEqual([LiveResource.logicalIdOf(resource)]);
});

describe('the parameters of a stack', () => {
  test('are found by logical id, with allowed values and default', () => {
    new CfnParameter(stack, 'Tokens', { allowedValues: ['required'], default: 'required' });
    const lookup = new StackParameters().of(stack);
    expect(lookup('Tokens')).toEqual({ allowedValues: ['required'], defaultValue: 'required' });
    expect(lookup('AWS::Region')).toBeUndefined();
  });

  test('of another stack are not found', () => {
    new CfnParameter(new Stack(app, 'Other'), 'Tokens', { allowedValues: ['required'] });
    expect(new StackParameters().of(stack)('Tokens')).toBeUndefined();
  });

  test('of an SSM type have the name of the SSM parameter, which is not the value', () => {
    new CfnParameter(stack, 'Tokens', { type: 'AWS::SSM::Parameter::Value<String>', allowedValues: ['required'], default: 'required' });
    const { allowedValues, defaultValue } = new StackParameters().of(stack)('Tokens') ?? {};
    expect([allowedValues, defaultValue]).toEqual([undefined, undefined]);
  });
});

function generic(properties: { [name: string]: unknown }) {
  const resource = new CfnResource(stack, 'Resource', { type: 'AWS::EC2::Instance', properties });
  return { resource, internals: internalsOf(resource), render: () => new LiveResource(resource).rendered() };
}

function typed() {
  const instance = new CfnInstance(stack, 'Instance', {});
  return { instance, internals: internalsOf(instance) };
}

function internalsOf(resource: CfnResource): Internals {
  return resource as unknown as Internals;
}

function synthesized(logicalId: string): unknown {
  return app.synth().getStackByName('Stack').template.Resources[logicalId].Properties;
}
