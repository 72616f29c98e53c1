import * as fc from 'fast-check';
import type { JsonObject, Template } from '../oracle/json';
import { NO_VALUE, ifOf, isAbsent, isObject } from '../oracle/json';
import { carrier } from './templates';

const TEMPLATES = ['One', 'Two'];
const IMAGES = ['ami-1', { Ref: 'Golden' }, { Ref: 'Image' }, { 'Fn::Select': [0, [{ Ref: 'Golden' }]] }];

/** A fleet without launches is invalid. A document is read as a whole, or not at all. */
const READ_WHOLE = ['AWS::EC2::EC2Fleet', 'AWS::EMR::SecurityConfiguration'];

/** Templates with launches and images, with conditions and missing values everywhere. */
export function launchingTemplate(): fc.Arbitrary<Template> {
  return fc.record({
    Golden: fc.constant({ Type: 'Custom::ImdsRegisteredImage' }),
    One: resource('AWS::EC2::LaunchTemplate', { LaunchTemplateData: data() }),
    Two: resource('AWS::EC2::LaunchTemplate', { LaunchTemplateData: data(), LaunchTemplateName: one('web') }),
    Host: resource('AWS::EC2::Instance', { ImageId: image(), MetadataOptions: options(), LaunchTemplate: specification() }),
    Desktop: resource('AWS::WorkspacesInstances::WorkspaceInstance', { ManagedInstance: data() }),
    Fleet: fc.record({ Type: fc.constant('AWS::EC2::EC2Fleet'), Properties: fc.record({ Type: fc.constant('instant'), LaunchTemplateConfigs: fc.tuple(config(), config()) }) }),
    Group: resource('AWS::AutoScaling::AutoScalingGroup', {
      MixedInstancesPolicy: object({
        LaunchTemplate: object({
          LaunchTemplateSpecification: specification(), Overrides: list({ ImageId: image(), LaunchTemplateSpecification: specification() }),
        }),
      }),
    }),
    Batch: resource('AWS::Batch::ComputeEnvironment', {
      ComputeResources: object({ ImageId: image(), Ec2Configuration: list({ ImageIdOverride: image() }), LaunchTemplate: specification() }),
    }),
    Other: carrier(true).filter(({ Type }) => !READ_WHOLE.includes(Type)),
  }).map(resources => ({
    Conditions: { C: {}, D: {} },
    Parameters: { Image: { Type: 'String', Default: 'ami-1' } },
    Resources: resources as Template['Resources'],
  }));
}

/** A piece of a template with a decided condition. `undefined` if that leaves it out. */
export function decided(value: unknown, condition: string, isMet: boolean): unknown {
  const inside = (each: unknown) => decided(each, condition, isMet);
  const branches = ifOf(value);
  if (branches) {
    const [name, whenTrue, whenFalse] = branches;
    return name === condition ? inside(isMet ? whenTrue : whenFalse) : { 'Fn::If': [name, inside(whenTrue) ?? NO_VALUE, inside(whenFalse) ?? NO_VALUE] };
  }
  if (isAbsent(value)) { return undefined; }
  if (Array.isArray(value)) { return value.map(inside).filter(each => each !== undefined); }
  if (!isObject(value)) { return value; }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inside(each)]).filter(([, each]) => each !== undefined));
}

function resource(Type: string, properties: Arbitraries): fc.Arbitrary<{ readonly Type: string; readonly Properties: unknown }> {
  return fc.record({ Type: fc.constant(Type), Properties: object(properties) });
}

function data(): fc.Arbitrary<unknown> {
  return object({ ImageId: image(), MetadataOptions: options() });
}

function image(): fc.Arbitrary<unknown> {
  return one(...IMAGES);
}

function options(): fc.Arbitrary<unknown> {
  return object({ HttpTokens: one('required', 'required', 'optional'), HttpEndpoint: one('enabled', 'disabled'), HttpPutResponseHopLimit: one(1, 2) });
}

/** A fleet launches something under all conditions, because EC2 accepts no other. */
function config(): fc.Arbitrary<unknown> {
  const whole = { LaunchTemplateSpecification: either(named()), Overrides: list({ MetadataOptions: options() }) };
  return either(fc.record(whole, { requiredKeys: ['LaunchTemplateSpecification'] }));
}

function specification(): fc.Arbitrary<unknown> {
  return perhaps(named());
}

/** A reference to a launch template. EC2 accepts none without an id or a name. */
function named(): fc.Arbitrary<unknown> {
  const LaunchTemplateId = either(fc.constantFrom(...TEMPLATES.map(id => ({ Ref: id }))));
  return fc.record({ LaunchTemplateId, Version: one('$Latest', '$Latest', '1') }, { requiredKeys: ['LaunchTemplateId'] });
}

function list(element: Arbitraries): fc.Arbitrary<unknown> {
  return perhaps(fc.array(object(element), { maxLength: 2 }));
}

function object(properties: Arbitraries): fc.Arbitrary<unknown> {
  return perhaps(fc.record(properties, { requiredKeys: [] }));
}

function one(...values: readonly unknown[]): fc.Arbitrary<unknown> {
  return perhaps(fc.constantFrom(...values));
}

/** A value, sometimes under a condition, and left out under some. */
function perhaps(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const branch = fc.oneof({ arbitrary: value, weight: 4 }, { arbitrary: fc.constant(NO_VALUE), weight: 1 });
  const inner = fc.oneof({ arbitrary: branch, weight: 5 }, { arbitrary: branching(branch), weight: 1 });
  return fc.oneof({ arbitrary: value, weight: 8 }, { arbitrary: branching(inner), weight: 2 });
}

/** A value, sometimes under a condition, and never left out. */
function either(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: value, weight: 4 }, { arbitrary: branching(value), weight: 1 });
}

function branching(branch: fc.Arbitrary<unknown>): fc.Arbitrary<JsonObject> {
  return fc.tuple(fc.constantFrom('C', 'D'), branch, branch).map(operands => ({ 'Fn::If': operands }));
}

type Arbitraries = { readonly [name: string]: fc.Arbitrary<unknown> };
