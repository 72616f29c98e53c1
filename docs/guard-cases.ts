import { ruleName } from '../src/guard/names';
import { RECORDS } from '../src/resources/all-records';
import { parsePath } from '../src/resources/path';
import type { Gap } from '../src/resources/record';
import { CARRIERS } from '../test/harness/carriers';
import type { Carrier } from '../test/harness/carriers';

/** What becomes of a rule. */
type Status = 'PASS' | 'FAIL' | 'SKIP';

/** One test, as `cfn-guard test` takes it. */
export interface GuardCase {
  readonly name: string;
  readonly input: unknown;
  readonly expectations: { readonly rules: { readonly [rule: string]: Status } };
}

const NOTHING_OF_OURS = { Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: 'news' } } } };
const HOPS = 'HttpPutResponseHopLimit';

/** For each carrier: tokens that are required and that are not, values that are accepted and that are not, and a deletion as a hook sees it. */
export function errorCases(): GuardCase[] {
  return CARRIERS.flatMap(carrier => [...tokensCases(carrier), ...hopCases(carrier, 'values_accepted', 64, 65)]);
}

/** For each carrier with a hop limit, one that is low enough and one that is too high; for each type with a gap, what keeps it out of it. */
export function warningCases(): GuardCase[] {
  const gaps = RECORDS.flatMap(record => record.gaps);
  return [...CARRIERS.flatMap(carrier => hopCases(carrier, 'hop_limit_at_most', 2, 3)), ...gaps.flatMap(gapCases)];
}

/** For each type that AWS Config records, what complies and what does not. */
export function configCases(): GuardCase[] {
  return RECORDS.flatMap(({ type, configSpelling }) => {
    if (!configSpelling) { return []; }
    const { around, words } = CARRIERS.find(carrier => carrier.type === type)!;
    const item = (tokens: unknown, hops: number) => {
      const configuration = withHops(around(words.say(tokens)), hops);
      return { resourceType: type, configurationItemStatus: 'OK', configuration: configSpelling === 'camel case' ? camelCase(configuration) : configuration };
    };
    const [tokens, limit] = [ruleName('tokens_required', type), ruleName('hop_limit_at_most', type)];
    return [
      caseOf(`${type} with tokens required`, item(words.required, 2), { [tokens]: 'PASS', [limit]: 'PASS' }),
      caseOf(`${type} with tokens optional`, item(words.weak, 3), { [tokens]: 'FAIL', [limit]: 'FAIL' }),
      caseOf(`${type}, deleted`, { ...item(words.weak, 3), configurationItemStatus: 'ResourceDeleted' }, { [tokens]: 'SKIP', [limit]: 'SKIP' }),
    ];
  });
}

function tokensCases({ type, words, around, inherits }: Carrier): GuardCase[] {
  const rule = ruleName('tokens_required', type);
  const eitherOr = { 'Fn::If': ['IsProduction', words.required, words.weak] };
  const on = (name: string, block: unknown, status: Status) => caseOf(`${type} with ${name}`, templateOf(type, around(block)), { [rule]: status });
  return [
    on('tokens required', words.say(words.required), 'PASS'),
    on('tokens optional', words.say(words.weak), 'FAIL'),
    on('tokens required under a condition', words.say(eitherOr), 'FAIL'),
    on('tokens that only CloudFormation knows', words.say({ 'Fn::ImportValue': 'Tokens' }), 'FAIL'),
    on('nothing said', undefined, inherits ? 'PASS' : 'FAIL'),
    caseOf(`${type}, deleted`, { HookContext: { InvocationPoint: 'DELETE_PRE_PROVISION' }, ...templateOf(type, {}) }, { [rule]: 'SKIP' }),
    caseOf(`no ${type}`, NOTHING_OF_OURS, { [rule]: 'SKIP' }),
  ];
}

function hopCases({ type, words, around }: Carrier, subject: string, good: number, bad: number): GuardCase[] {
  const rule = ruleName(subject, type);
  const properties = around(words.say(words.required));
  if (!JSON.stringify(properties).includes(HOPS)) { return []; }
  return [
    caseOf(`${type} with hop limit ${good}`, templateOf(type, withHops(properties, good)), { [rule]: 'PASS' }),
    caseOf(`${type} with hop limit ${bad}`, templateOf(type, withHops(properties, bad)), { [rule]: 'FAIL' }),
    caseOf(`no ${type}`, NOTHING_OF_OURS, { [rule]: 'SKIP' }),
  ];
}

function gapCases({ type, when: { present, absent } }: Gap): GuardCase[] {
  const rule = ruleName('can_be_set', type);
  const at = (path: string | undefined, value: unknown) =>
    path ? parsePath(path).reduceRight<unknown>((below, name) => ({ [name]: below }), value) : {};
  const spoken = absent ? at(absent, { Id: 'one' }) : {};
  return [
    caseOf(`${type} with the gap`, templateOf(type, at(present, [{ Name: 'one' }])), { [rule]: 'FAIL' }),
    ...present || absent ? [caseOf(`${type} without the gap`, templateOf(type, spoken), { [rule]: 'PASS' })] : [],
    caseOf(`no ${type}`, NOTHING_OF_OURS, { [rule]: 'SKIP' }),
  ];
}

function templateOf(type: string, properties: unknown): object {
  return { Resources: { Subject: { Type: type, Properties: properties } } };
}

function withHops(properties: unknown, hops: number): unknown {
  return JSON.parse(JSON.stringify(properties), (key, value: unknown) => key === HOPS ? hops : value);
}

function camelCase(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) { return value; }
  return Object.fromEntries(Object.entries(value).map(([name, below]) => [name[0].toLowerCase() + name.slice(1), camelCase(below)]));
}

function caseOf(name: string, input: unknown, rules: { readonly [rule: string]: Status }): GuardCase {
  return { name, input, expectations: { rules } };
}
