import * as fc from 'fast-check';
import type { CarrierFact } from '../oracle/facts';
import { CARRIERS } from '../oracle/facts';
import { isPlain, own } from '../oracle/json';
import { block, conditional, junk, obstacle } from './blocks';
import { carrier } from './templates';
import type { Disguise, Override, ResourceRecipe, StackRecipe } from './trees';

/** Trees of stacks with nested stacks and stages, and resources of every kind, with overrides and lazy values. */
export const TREES: fc.Arbitrary<readonly StackRecipe[]> = fc.array(fc.record({
  place: fc.constantFrom('app', 'stage', 'nested'),
  resources: fc.array(fc.boolean().chain(recipe), { minLength: 1, maxLength: 2 }),
}), { minLength: 1, maxLength: 2 });

/** L1s accept tame values, and so do overrides. Other values get no override, because CDK merges them without checks. */
function recipe(isTyped: boolean): fc.Arbitrary<ResourceRecipe> {
  return fc.boolean().chain(isOverridden => carrier(isTyped || isOverridden).chain(({ Type, Properties }) => {
    const fact = CARRIERS.find(({ type }) => type === Type)!;
    return fc.record({
      Type: fc.constant(Type),
      Properties: fc.constant(Properties),
      isTyped: fc.constant(isTyped),
      disguises: disguises(),
      overrides: isOverridden ? fc.array(override(fact, Properties), { minLength: 1, maxLength: 3 }) : fc.constant([]),
    });
  }));
}

/** Mostly plain values, so that lazy values are inside plain ones and vice versa. */
function disguises(): fc.Arbitrary<Disguise[]> {
  return fc.array(fc.constantFrom<Disguise>('plain', 'plain', 'plain', 'plain', 'lazy', 'uncached', 'resolvable', 'text'), { maxLength: 12 });
}

/** An override of the block, above it, in it or beside it: a valid value, an invalid one, or a deletion. */
function override(fact: CarrierFact, properties: unknown): fc.Arbitrary<Override> {
  const way = ['Properties', ...fact.path.map(step => step === '[]' ? '0' : step)];
  const inside = fact.form === 'object' ? [fact.tokens, ...Object.values(fact.others), 'Other'] : indices(own(properties, fact.path[0]));
  const toBlock = (depth: number) => fc.record({ path: fc.constant(way.slice(0, depth).join('.')), value: valueAt(fact, depth - 1) });
  const into = inside.length === 0 ? [] : [fc.record({
    path: fc.constantFrom(...inside).map(name => [...way, name].join('.')),
    value: conditional(fc.oneof(fc.constantFrom(...fact.required, 'optional', 1), junk(false))),
  })];
  const some = fc.oneof(...way.map((_, index) => toBlock(index + 1)), ...into, ...into, ...into);
  return fc.tuple(some, fc.boolean()).map(([{ path, value }, deletes]) => deletes ? { path } : { path, value });
}

/** Overrides change an existing list. Without one, CDK would create an object with numbers as keys. */
function indices(list: unknown): string[] {
  if (!Array.isArray(list)) { return []; }
  return list.flatMap((element, index) => isPlain(element) ? [`${index}`, `${index}.Value`] : [`${index}`]);
}

/** A value for an override at this depth of the path. */
function valueAt(fact: CarrierFact, depth: number): fc.Arbitrary<unknown> {
  const rest = fact.path.slice(depth);
  const isList = fact.form === 'options';
  const nested = block(fact, isList).map(value => rest.reduceRight<unknown>((below, step) => step === '[]' ? [below] : { [step]: below }, value));
  if (depth === 0) { return nested; }
  return fc.oneof({ arbitrary: nested, weight: 3 }, { arbitrary: conditional(nested), weight: 1 }, { arbitrary: obstacle(isList), weight: 1 });
}
