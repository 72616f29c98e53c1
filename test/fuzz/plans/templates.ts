import * as fc from 'fast-check';
import type { CarrierFact } from '../oracle/facts';
import { CARRIERS, IRRELEVANT, LAUNCHERS } from '../oracle/facts';
import type { Template } from '../oracle/json';
import { block, conditional, junk, obstacle } from './blocks';
import { DECLARATIONS } from './declarations';

export interface Resource {
  readonly Type: string;
  readonly Properties?: unknown;
}

/** A template with random resources of every kind. CDK's template parser accepts most tame ones. */
function template(tame: boolean): fc.Arbitrary<Template> {
  const resource = fc.oneof({ arbitrary: carrier(tame), weight: 5 }, { arbitrary: other(tame), weight: 1 });
  return fc.array(resource, { minLength: 1, maxLength: 3 }).map(declared);
}

/** A template of any kind, sometimes one without metadata options. */
export function anyTemplate(tame: boolean): fc.Arbitrary<Template> {
  return fc.oneof({ arbitrary: template(tame), weight: 9 }, { arbitrary: irrelevantTemplate(), weight: 1 });
}

/** A template without metadata options. */
function irrelevantTemplate(): fc.Arbitrary<Template> {
  return fc.array(fc.record({ Type: fc.constantFrom(...IRRELEVANT), Properties: properties() }), { minLength: 1, maxLength: 4 }).map(declared);
}

/** A resource with metadata options, or almost. */
export function carrier(tame: boolean): fc.Arbitrary<Resource> {
  return fc.constantFrom(...CARRIERS).chain(fact => {
    const whole = along(fact, fact.path, tame).map(value => ({ ...fact.must, ...value as object }));
    const transformed = whole.map(value => ({ ...value, 'Fn::Transform': { Name: 'AWS::Include' } }));
    const wild = tame ? [] : [{ arbitrary: fc.oneof(obstacle(true), transformed), weight: 1 }];
    return fc.record({ Type: fc.constant(fact.type), Properties: fc.oneof({ arbitrary: whole, weight: 12 }, ...wild) });
  });
}

/** A resource of a type that launches, or of another type, with blocks of others in it. */
function other(tame: boolean): fc.Arbitrary<Resource> {
  return tame
    ? fc.record({ Type: fc.constant('Custom::Thing'), Properties: properties() })
    : fc.record({ Type: fc.constantFrom(...LAUNCHERS, ...IRRELEVANT), Properties: fc.oneof(properties(), obstacle(true)) });
}

/** Properties with names that have a meaning elsewhere. */
function properties(): fc.Arbitrary<object> {
  const [instance] = CARRIERS;
  const names = fc.constantFrom('MetadataOptions', 'LaunchTemplateData', 'ComputeResources', 'LaunchTemplate', 'SecurityConfiguration', 'Type', 'Tags', '__proto__');
  return fc.array(fc.tuple(names, fc.oneof(block(instance, true), junk(false))), { maxLength: 4 }).map(entries => Object.fromEntries(entries));
}

/** The path to the block: objects and lists with other values, conditions, obstacles, and nothing. */
function along(fact: CarrierFact, path: readonly string[], tame: boolean): fc.Arbitrary<unknown> {
  if (path.length === 0) { return fact.form === 'options' && tame ? block(fact, tame) : conditional(block(fact, tame)); }
  const [head, ...rest] = path;
  const value = head === '[]' ? fc.array(along(fact, rest, tame), { maxLength: 2 }) : holder(fact, head, rest, tame);
  if (path === fact.path) { return value; }
  return fc.oneof({ arbitrary: conditional(value), weight: 10 }, { arbitrary: obstacle(tame), weight: 1 });
}

/** An object with or without the next part of the path, after other values. */
function holder(fact: CarrierFact, head: string, rest: readonly string[], tame: boolean): fc.Arbitrary<object> {
  const isTop = rest.length === fact.path.length - 1;
  const names = isTop && fact.template ? ['Other', fact.template] : ['Other'];
  const version = fc.oneof(junk(false), fc.tuple(fc.constantFrom('Fn::GetAtt', 'Fn::Sub'), junk(false)).map(([name, operand]) => ({ [name]: operand })));
  const sibling = tame ? fc.constant({ Version: '1' }) : fc.oneof(fc.constant({ Version: '1' }), version.map(value => ({ Version: value })), junk(false));
  const siblings = fc.record(Object.fromEntries(names.map(name => [name, sibling])), { requiredKeys: [] });
  const others = fc.oneof({ arbitrary: fc.constant({}), weight: 3 }, { arbitrary: siblings, weight: 1 });
  const made = fact.within && !isTop ? { ImageId: 'ami-1', InstanceType: 't3.micro' } : {};
  return fc.tuple(fc.option(along(fact, rest, tame), { nil: undefined, freq: 6 }), others)
    .map(([child, more]) => Object.fromEntries([...Object.entries({ ...made, ...more }), ...child === undefined ? [] : [[head, child]]]));
}

function declared(resources: readonly Resource[]): Template {
  return { ...DECLARATIONS, Resources: Object.fromEntries(resources.map((resource, index) => [`Resource${index}`, resource])) };
}
