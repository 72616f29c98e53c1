import type { Stack } from 'aws-cdk-lib';
import type { Door } from './doors';
import type { Json } from './json';
import { scratchApp, scratchStack } from './scratch-app';
import type { Synthesized, Template } from './synthesized';
import { synthesize } from './synthesized';

/** The same stack without and with enforcement. */
export interface BeforeAndAfter {
  readonly before: Synthesized;
  readonly after: Synthesized;
}

/** Builds a stack twice, and enforces one of them. */
export function beforeAndAfter(build: (stack: Stack) => void, door: Door, context: Json = {}): BeforeAndAfter {
  const [before, after] = [undefined, door].map(enforce => {
    const stack = scratchStack(scratchApp(context));
    build(stack);
    enforce?.(stack);
    return synthesize(stack);
  });
  return { before, after };
}

/**
 * The template with required tokens in the options of instances, launch templates and launch configurations. The only other change is the hop limit of
 * container hosts.
 */
export function withTokensRequired(template: Template, ofContainerHosts: Json = {}): Template {
  const required = { ...ofContainerHosts, HttpTokens: 'required' };
  const resources = Object.entries(template.Resources).map(([id, resource]) => [id, requireIn(resource, required)]);
  return { ...template, Resources: Object.fromEntries(resources) as Template['Resources'] };
}

/** The number of resources of these types in a template. */
export function countTypes(template: Template, types: readonly string[]): { [type: string]: number } {
  const all = Object.values(template.Resources);
  return Object.fromEntries(types.map(type => [type, all.filter(({ Type }) => Type === type).length]));
}

function requireIn(resource: Json, required: Json): Json {
  const properties = (resource.Properties ?? {}) as Json;
  switch (resource.Type) {
    case 'AWS::EC2::Instance':
    case 'AWS::AutoScaling::LaunchConfiguration':
      return { ...resource, Properties: requireOptions(properties, required) };
    case 'AWS::EC2::LaunchTemplate':
      return { ...resource, Properties: { ...properties, LaunchTemplateData: requireOptions(properties.LaunchTemplateData as Json, required) } };
    default:
      return resource;
  }
}

function requireOptions(properties: Json, required: Json): Json {
  return { ...properties, MetadataOptions: { ...properties.MetadataOptions as Json | undefined, ...required } };
}
