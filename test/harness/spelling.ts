import { Token } from 'aws-cdk-lib';
import type { Json } from './json';

/** How a way of writing spells the names in a piece of a template. */
export type Spelling = (value: unknown) => unknown;

/** CloudFormation's names: generic resources, raw overrides, templates. */
export const asIs: Spelling = value => value;

/**
 * The names of typed L1s: `HttpTokens` is `httpTokens`. Names inside intrinsic functions stay, because CDK does not read them.
 *
 * The result is frozen, because it belongs to the user.
 */
export const camelCase: Spelling = value => {
  if (typeof value !== 'object' || value === null || Token.isUnresolved(value)) { return value; }
  if (Array.isArray(value)) { return Object.freeze(value.map(camelCase)); }
  const entries = Object.entries(value as Json);
  return entries.some(([name]) => isIntrinsic(name))
    ? value
    : Object.freeze(Object.fromEntries(entries.map(([name, below]) => [typedName(name), camelCase(below)])));
};

/** The name of a property in an L1. */
export function typedName(property: string): string {
  return property === 'DisableIMDSV1' ? 'disableImdsv1' : property[0].toLowerCase() + property.slice(1);
}

function isIntrinsic(name: string): boolean {
  return name === 'Ref' || name.startsWith('Fn::');
}
