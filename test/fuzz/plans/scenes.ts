import type { App } from 'aws-cdk-lib';
import { Aws, CfnCondition, CfnParameter, CfnResource, Fn, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { CloudFormationProduct, CloudFormationTemplate, ProductStack } from 'aws-cdk-lib/aws-servicecatalog';
import * as fc from 'fast-check';
import type { JsonObject, Template } from '../oracle/json';
import { launchingTemplate } from './launches';

/** A stack that can contain another one: a nested stack with parameters, or a product whose parameters somebody else chooses. */
export interface Scene {
  readonly place: 'app' | 'stage';
  readonly outer: Template;
  readonly inner?: { readonly kind: 'nested' | 'product'; readonly template: Template; readonly handed: JsonObject };
}

/** Parameters that a nested stack gets from its parent, and their defaults. */
const HANDED: { readonly [name: string]: { readonly Type: string; readonly Default?: string; readonly AllowedValues?: string[] } } = {
  Tokens: { Type: 'String', AllowedValues: ['required', 'optional'], Default: 'optional' },
  Free: { Type: 'String', Default: 'required' },
  Hops: { Type: 'Number', Default: '1' },
};

/** Parameters of a template that is deployed directly. */
const OWN: typeof HANDED = {
  Tokens: { Type: 'String', AllowedValues: ['required', 'optional'] },
  Free: { Type: 'String', Default: 'required' },
  Hops: { Type: 'Number', AllowedValues: ['1', '2'], Default: '1' },
};

/** Scenes with launchers, conditions with missing values, and parameters from a parent stack. */
export const SCENES: fc.Arbitrary<Scene> = fc.record({
  place: fc.constantFrom('app', 'app', 'stage'), outer: stack(OWN), inner: fc.option(within(), { nil: undefined }),
});

/** Builds the same app from the same scene. */
export function stage(app: App, { place, outer, inner }: Scene): void {
  const around = new Stack(place === 'stage' ? new Stage(app, 'Stage') : app, 'Outer');
  furnish(around, outer);
  if (!inner) { return; }
  if (inner.kind === 'nested') {
    furnish(new NestedStack(around, 'Inner', { parameters: inner.handed as { [name: string]: string } }), inner.template);
    return;
  }
  const product = new ProductStack(around, 'Inner');
  furnish(product, inner.template);
  new CloudFormationProduct(around, 'Product', {
    productName: 'hosts', owner: 'us', productVersions: [{ cloudFormationTemplate: CloudFormationTemplate.fromProductStack(product) }],
  });
}

function within(): fc.Arbitrary<Scene['inner'] & object> {
  const tokens = fc.oneof(fc.constantFrom<unknown>('required', 'optional', { Ref: 'Tokens' }, { Ref: 'Free' }), branching(['required', 'optional']));
  const hops = fc.oneof(fc.constantFrom<unknown>('1', '2', { Ref: 'Hops' }), branching(['1', '2']));
  return fc.record({ kind: fc.constantFrom('nested', 'nested', 'product'), template: stack(HANDED), handed: fc.record({ Tokens: tokens, Free: tokens, Hops: hops }, { requiredKeys: [] }) });
}

function branching(values: readonly string[]): fc.Arbitrary<unknown> {
  const value = fc.constantFrom(...values);
  return fc.tuple(fc.constantFrom('C', 'D'), value, value).map(operands => ({ 'Fn::If': operands }));
}

/** Some resources of a launching template, with parameters for some values. */
function stack(Parameters: typeof HANDED): fc.Arbitrary<Template> {
  const chosen = fc.subarray(['Host', 'Desktop', 'Fleet', 'Group', 'Batch', 'Other'], { minLength: 1 });
  return fc.tuple(launchingTemplate(), chosen, fc.array(fc.nat(3), { minLength: 8, maxLength: 8 }))
    .map(([{ Resources = {} }, names, turns]) => {
      const named = Object.entries(Resources).filter(([id]) => ['One', 'Two', 'Golden', ...names].includes(id));
      let next = 0;
      const resources = withParameters(Object.fromEntries(named), () => turns[next++ % turns.length]);
      return { Parameters, Conditions: { C: {}, D: {} }, Resources: resources } as Template;
    });
}

/** A value with a parameter for some tokens and hop limits. */
function withParameters(value: unknown, turn: () => number, key = ''): unknown {
  if (key === 'HttpTokens' && (value === 'required' || value === 'optional')) { return [value, { Ref: 'Tokens' }, { Ref: 'Free' }, value][turn()]; }
  if (key === 'HttpPutResponseHopLimit' && (value === 1 || value === 2)) { return [value, { Ref: 'Hops' }, value, value][turn()]; }
  if (Array.isArray(value)) { return value.map((each: unknown) => withParameters(each, turn, key)); }
  if (typeof value !== 'object' || value === null) { return value; }
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withParameters(each, turn, name.startsWith('Fn::') ? key : name)]));
}

function furnish(scope: Stack, { Parameters = {}, Resources = {} }: Template): void {
  for (const name of ['C', 'D']) { new CfnCondition(scope, name, { expression: Fn.conditionEquals(Aws.REGION, 'x') }); }
  for (const [name, { Type, Default, AllowedValues }] of Object.entries(Parameters as typeof HANDED)) {
    new CfnParameter(scope, name, { type: Type, default: Default, allowedValues: AllowedValues });
  }
  for (const [name, { Type, Properties }] of Object.entries(Resources)) {
    new CfnResource(scope, name, { type: Type, properties: structuredClone(Properties) as { [key: string]: unknown } | undefined });
  }
}
