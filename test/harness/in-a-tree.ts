import type { Stack } from 'aws-cdk-lib';
import { CfnCondition, CfnMapping, CfnParameter, CfnResource, Fn } from 'aws-cdk-lib';
import type { RequireImdsv2Props } from '../../src';
import { include } from '../resources/included';
import type { Door } from './doors';
import { DOORS } from './doors';
import type { Json } from './json';
import { scratchStack } from './scratch-app';
import type { Report, Synthesized } from './synthesized';
import { synthesize } from './synthesized';

/** A resource of a template. */
export interface Written { readonly Type: string; readonly Properties?: Json; readonly Metadata?: Json }

/** A template as a user writes it. The condition `IsProduction` exists. */
export interface WrittenTemplate {
  readonly Parameters?: { readonly [name: string]: { readonly Type: string; readonly Default?: unknown; readonly AllowedValues?: string[] } };
  readonly Mappings?: { readonly [name: string]: { readonly [first: string]: { readonly [second: string]: string } } };
  readonly Resources: { readonly [logicalId: string]: Written };
}

/** A way to put a template into a construct tree. */
export type InATree = (stack: Stack, template: WrittenTemplate) => void;

/** The ways, by name: as generic resources, as typed L1s, as raw overrides. */
export const IN_A_TREE: readonly (readonly [name: string, build: InATree])[] = [
  ['as generic resources', (stack, template) => {
    declare(stack, template);
    for (const [id, { Type: type, Properties: properties, Metadata: metadata }] of Object.entries(template.Resources)) {
      withMetadata(new CfnResource(stack, id, { type, properties }), metadata);
    }
  }],
  ['as an included template', (stack, template) => {
    const Conditions = { IsProduction: { 'Fn::Equals': ['one', 'one'] } };
    include(stack, 'Included', { ...template, Conditions } as Parameters<typeof include>[2]);
  }],
  ['as raw overrides', (stack, template) => {
    declare(stack, template);
    for (const [id, { Type: type, Properties, Metadata: metadata }] of Object.entries(template.Resources)) {
      const resource = withMetadata(new CfnResource(stack, id, { type }), metadata);
      if (Properties) { resource.addOverride('Properties', Properties); }
    }
  }],
];

/** The result for a template. */
export interface Enforced extends Synthesized {
  /** The metadata options by logical id. `undefined` if a resource has none. */
  readonly options: { readonly [logicalId: string]: Json | undefined };
}

/** A template after enforcement. */
export function enforcedTemplate(build: InATree, template: WrittenTemplate, props: RequireImdsv2Props = {}, door: Door = DOORS.enforce): Enforced {
  return enforcedStack(stack => build(stack, template), props, door);
}

/** A stack after enforcement. */
export function enforcedStack(build: (stack: Stack) => void, props: RequireImdsv2Props = {}, door: Door = DOORS.enforce): Enforced {
  const stack = scratchStack();
  build(stack);
  door(stack, props);
  return withOptions(synthesize(stack));
}

/** The same with the metadata options removed. */
export function withOptions(synthesized: Synthesized): Enforced {
  const { Resources } = synthesized.template;
  return { ...synthesized, options: Object.fromEntries(Object.entries(Resources).map(([id, { Properties }]) => [id, optionsIn(Properties)])) };
}

/** The hop limits of the resources with metadata options, in the order of the template. */
export function hopLimitsIn({ options }: Enforced): unknown[] {
  return Object.values(options).filter(block => block !== undefined).map(block => block.HttpPutResponseHopLimit);
}

/** The texts of the reports with an id. */
export function textsOf(reports: readonly Report[], wanted: string): string[] {
  return reports.filter(({ id }) => id === wanted).map(({ text }) => text);
}

/** The ids of the reports at each construct, except those about deployments. */
export function findingsIn(reports: readonly Report[]): string[] {
  return reports.filter(({ id }) => /^Imdsv2::(?!Replaces|VersionNotFollowed|LatestNotLookedUp|CannotBeSet|LaunchSource)/.test(String(id))).map(({ at, id }) => `${at} ${id}`).sort();
}

function optionsIn(properties: Json = {}): Json | undefined {
  const data = properties.LaunchTemplateData as Json | undefined;
  return (properties.MetadataOptions ?? properties.InstanceMetadataOptions ?? data?.MetadataOptions) as Json | undefined;
}

function declare(stack: Stack, { Parameters = {}, Mappings = {} }: WrittenTemplate): void {
  new CfnCondition(stack, 'IsProduction', { expression: Fn.conditionEquals('one', 'one') });
  for (const [id, { Type: type, Default, AllowedValues: allowedValues }] of Object.entries(Parameters)) {
    new CfnParameter(stack, id, { type, default: Default, allowedValues });
  }
  for (const [id, mapping] of Object.entries(Mappings)) { new CfnMapping(stack, id, { mapping }); }
}

function withMetadata(resource: CfnResource, metadata: Json = {}): CfnResource {
  for (const [key, value] of Object.entries(metadata)) { resource.addMetadata(key, value); }
  return resource;
}
