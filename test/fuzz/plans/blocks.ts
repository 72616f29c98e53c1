import * as fc from 'fast-check';
import type { CarrierFact } from '../oracle/facts';
import { DOCUMENT_KEY, OPTION } from '../oracle/facts';
import { NO_VALUE } from '../oracle/json';
import { DECLARATIONS } from './declarations';

const PARAMETER = fc.constantFrom(...Object.keys(DECLARATIONS.Parameters)).map(name => ({ Ref: name }));

/** Intrinsics that cannot be read. */
const UNKNOWN = fc.constantFrom({ 'Fn::ImportValue': 'x' }, { 'Fn::Select': [0, ['a', 'b']] }, { Ref: 'AWS::Region' }, { Ref: 'Free' });

/** Values that no service accepts, and that CDK's template parser often rejects. */
const ODD = fc.constantFrom<unknown>(
  null, '', ' required', 'Required', 'REQUIRED', true, 0, 2, -1, 1e300, [], {}, [[]], [null], ['required'], { Other: 1 },
  { 'Fn::If': ['C', 1] }, { 'Fn::If': 'C' }, { 'Fn::If': ['Nowhere', 'required', 'optional'] }, { Ref: 5 }, { Ref: { toString: 1, valueOf: 1 } },
  { Ref: ['Free'] }, { 'Fn::Nonsense': null }, { 'Fn::Transform': { Name: 'AWS::Include' } },
  { 'Fn::ForEach::Each': ['X', ['a'], { '${X}': 1 }], 'HttpEndpoint': 'enabled' }, { toString: 1, valueOf: 1 }, { hasOwnProperty: 1, length: -1 },
  JSON.parse('{"__proto__":{"HttpTokens":"required","Ref":"AWS::NoValue"}}'), JSON.parse('{"__proto__":null,"HttpEndpoint":"enabled"}'),
);

/** Any JSON value. CDK's template parser accepts `tame` ones instead of any text. */
export function junk(tame: boolean): fc.Arbitrary<unknown> {
  return tame ? fc.oneof(UNKNOWN, fc.constantFrom('', ' required', 'Required')) : fc.oneof(ODD, fc.jsonValue({ maxDepth: 2 }), UNKNOWN);
}

/** Any JSON value instead of an object or a list. */
export function obstacle(tame: boolean): fc.Arbitrary<unknown> {
  return tame ? UNKNOWN : junk(false);
}

/** A value, which can be under conditions, and left out under some of them. */
export function conditional(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.letrec<{ node: unknown }>(tie => ({
    node: fc.oneof(
      { withCrossShrink: true, maxDepth: 3 },
      { arbitrary: value, weight: 8 },
      { arbitrary: fc.constant(NO_VALUE), weight: 1 },
      { arbitrary: fc.tuple(fc.constantFrom('C', 'D'), tie('node'), tie('node')).map(operands => ({ 'Fn::If': operands })), weight: 2 },
    ),
  })).node;
}

/** The block of a carrier, mostly almost correct. */
export function block(fact: CarrierFact, tame: boolean): fc.Arbitrary<unknown> {
  switch (fact.form) {
    case 'flag': return flag(fact, tame);
    case 'options': return options(fact, tame);
    case 'document': return document(fact, tame);
    case 'object': return object(fact, tame);
  }
}

function flag(fact: CarrierFact, tame: boolean): fc.Arbitrary<unknown> {
  const wild = tame ? [] : [{ arbitrary: junk(false), weight: 1 }];
  return fc.oneof({ arbitrary: fc.constantFrom(...fact.required, false, 'false'), weight: 3 }, { arbitrary: PARAMETER, weight: 1 }, ...wild);
}

function tokens(fact: CarrierFact, tame: boolean): fc.Arbitrary<unknown> {
  return conditional(fc.oneof(fc.constantFrom(...fact.required), fc.constantFrom('optional', 'false', '1'), PARAMETER, junk(tame)));
}

function object(fact: CarrierFact, tame: boolean): fc.Arbitrary<unknown> {
  const switches = conditional(fc.oneof(fc.constantFrom('enabled', 'disabled'), junk(tame)));
  const hops = conditional(fc.oneof(fc.constantFrom<unknown>(1, 2, 64, '2'), tame ? fc.constant({ Ref: 'Free' }) : junk(false)));
  const known = Object.fromEntries(Object.values(fact.others).map(key => [key, key === 'HttpPutResponseHopLimit' ? hops : switches]));
  const entries = fc.record({ [fact.tokens]: tokens(fact, tame), ...known }, { requiredKeys: [] });
  const extra = fc.option(fc.tuple(fc.constantFrom('Other', '__proto__', 'httpTokens'), junk(tame)), { nil: undefined, freq: 4 });
  const whole = fc.tuple(entries, extra).map(([own, more]) => more ? Object.fromEntries([...Object.entries(own), more]) : own);
  return fc.oneof({ arbitrary: whole, weight: 6 }, { arbitrary: obstacle(tame), weight: 1 });
}

function options(fact: CarrierFact, tame: boolean): fc.Arbitrary<unknown> {
  const own = fc.record({
    Namespace: fc.constant(OPTION.Namespace), OptionName: fc.constant(OPTION.OptionName), Value: tokens(fact, tame), ResourceName: fc.constant('r'),
  }, { requiredKeys: ['Namespace', 'OptionName'] });
  const other = fc.constant({ Namespace: OPTION.Namespace, OptionName: 'InstanceType', Value: 't3.micro' });
  const element = conditional(fc.oneof({ arbitrary: own, weight: 3 }, { arbitrary: other, weight: 2 }, { arbitrary: obstacle(tame), weight: 1 }));
  return fc.oneof({ arbitrary: fc.array(element, { maxLength: 4 }), weight: 6 }, { arbitrary: obstacle(tame), weight: 1 });
}

/** A document as an object, as a string, and as a string that CloudFormation creates. */
function document(fact: CarrierFact, tame: boolean): fc.Arbitrary<unknown> {
  const inner = fc.oneof(object(fact, tame), conditional(object(fact, tame)));
  const content = fc.record({ [DOCUMENT_KEY]: inner, Other: fc.jsonValue({ maxDepth: 1 }) }, { requiredKeys: [] });
  const text = fc.tuple(plainDocument(fact), fc.constantFrom(undefined, 1, 2, '\t')).map(([value, indent]) => JSON.stringify(value, undefined, indent));
  const joined = fc.tuple(text, fc.constantFrom({ Ref: 'Free' }, { 'Fn::ImportValue': 'x' }), fc.boolean()).map(([json, value, bare]) =>
    ({ 'Fn::Join': ['', [bare ? '{"Value":' : '{"Value":"x', value, `${bare ? ',' : '",'}${json.trim().slice(1).trim().replace(/^\}/, '"Rest":1}')}`]] }));
  const substituted = fc.tuple(plainDocument(fact), fc.constantFrom('Free', 'AWS::Region', '!Literal')).map(([value, name]) =>
    ({ 'Fn::Sub': JSON.stringify({ ...value, Name: `\${${name}}` }) }));
  return fc.oneof(content, text, joined, substituted, ...tame ? [] : [content.map(value => ({ 'Fn::ToJsonString': value })), junk(false)]);
}

/** A document without intrinsics, as in a text. */
function plainDocument(fact: CarrierFact): fc.Arbitrary<object> {
  const version = fc.constantFrom<unknown>(...fact.required, 1, '2', null);
  const inner = fc.record({ [fact.tokens]: version, HttpPutResponseHopLimit: fc.constantFrom<unknown>(1, 2, '2', null) }, { requiredKeys: [] });
  const mistaken = fc.constantFrom<unknown>(null, [], 'x');
  return fc.record({
    [DOCUMENT_KEY]: fc.oneof({ arbitrary: inner, weight: 5 }, { arbitrary: mistaken, weight: 1 }),
    Other: fc.constantFrom<unknown>('a', '"', '\\', 'é', 1.5),
  }, { requiredKeys: [] });
}
