import type { IConstruct } from 'constructs';
import { ConstructNote } from '../model/construct-note';
import type { ParameterLookup } from '../model/intrinsics';
import { branchesOf, intrinsicName, isObject } from '../model/intrinsics';

/** A parameter or a condition that decided on the metadata options of a resource, by its logical id. */
export interface Decider {
  readonly kind: 'parameter' | 'condition';
  readonly name: string;
}

const DECIDERS = new ConstructNote<readonly Decider[]>('Deciders');

/** The maximum depth of the search in a value. */
const MAX_DEPTH = 64;

/** Notes on a construct the parameters and conditions that no longer decide on its options, because enforcement wrote literals in their place. */
export function noteDeciders(construct: IConstruct, deciders: readonly Decider[]): void {
  if (deciders.length > 0) { DECIDERS.write(construct, distinct([...overwrittenIn(construct), ...deciders])); }
}

/** Removes these notes from a construct, because its options were restored. */
export function forgetDeciders(construct: IConstruct): void {
  if (overwrittenIn(construct).length > 0) { DECIDERS.write(construct, []); }
}

/** The parameters and conditions of options before enforcement wrote over them. */
export function overwrittenIn(construct: IConstruct): readonly Decider[] {
  return DECIDERS.of(construct) ?? [];
}

/** The parameters and conditions that a value contains before a change, but not after it. */
export function decidersLost(before: unknown, after: unknown, parameters: ParameterLookup): readonly Decider[] {
  const left = new Set(decidersOf(after, parameters).map(keyOf));
  return distinct(decidersOf(before, parameters)).filter(decider => !left.has(keyOf(decider)));
}

function decidersOf(value: unknown, parameters: ParameterLookup, depth = 0): readonly Decider[] {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) { return []; }
  const inner = Object.values(value).flatMap(each => decidersOf(each, parameters, depth + 1));
  const condition = branchesOf(value)?.condition;
  if (typeof condition === 'string') { return [{ kind: 'condition', name: condition }, ...inner]; }
  const name = intrinsicName(value) === 'Ref' && isObject(value) ? value.Ref : undefined;
  return typeof name === 'string' && parameters(name) ? [{ kind: 'parameter', name }] : inner;
}

function distinct(deciders: readonly Decider[]): readonly Decider[] {
  return [...new Map(deciders.map(decider => [keyOf(decider), decider])).values()];
}

function keyOf({ kind, name }: Decider): string {
  return `${kind} ${name}`;
}
