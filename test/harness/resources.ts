import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Json } from './json';

/** A resource of a template, with its logical id. */
export interface Resource extends Json {
  readonly logicalId: string;
  readonly Properties: Json;
}

/** The only resource of a type in a stack, or in a parsed template. */
export function resourceOf(from: Stack | Json, type: string): Resource {
  const template = 'node' in from ? Template.fromStack(from as Stack) : Template.fromJSON(from);
  template.resourceCountIs(type, 1);
  const [[logicalId, resource]] = Object.entries(template.findResources(type));
  return { logicalId, ...resource as Json & { Properties: Json } };
}
