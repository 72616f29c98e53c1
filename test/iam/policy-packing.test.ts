import { Aws, Fn, Lazy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as fc from 'fast-check';
import { fewestBins } from '../../src/iam/fewest-bins';
import type { PolicyLimit } from '../../src/iam/policy-packing';
import { packStatements } from '../../src/iam/policy-packing';
import { scratchStack } from '../harness/scratch-app';

/** The characters of a document around its statements. */
const FRAME = '{"Version":"2012-10-17","Statement":[]}'.length;

const stack = scratchStack();

/** A statement whose JSON has this number of characters. */
function ofSize(size: number, sid: string): iam.PolicyStatement {
  const least = `{"Sid":"${sid}","Effect":"Deny","Action":"s:a","Resource":"*"}`.length;
  return denial(sid, `s:a${'x'.repeat(size - least)}`);
}

function denial(sid?: string, ...actions: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ sid, effect: iam.Effect.DENY, actions: actions.length > 0 ? actions : ['s:a'], resources: ['*'] });
}

const limitOf = (maxSize: number): PolicyLimit => ({ policy: 'a policy', maxSize, measure: text => text.size });
const pack = (statements: iam.PolicyStatement[], maxSize = 10_240) => packStatements(statements, limitOf(maxSize), stack);
const sidsOf = (text: string) => (JSON.parse(text).Statement as { Sid: string }[]).map(({ Sid }) => Sid);
const sidsIn = (statements: iam.PolicyStatement[], maxSize: number) => pack(statements, maxSize).map(({ text }) => sidsOf(text));

describe('documents', () => {
  test('statements that fit are in one minified document, in the given order', () => {
    expect(pack([denial('B', 's:b', 's:a'), denial('A')]).map(({ text }) => text)).toEqual([
      '{"Version":"2012-10-17","Statement":['
      + '{"Sid":"B","Effect":"Deny","Action":["s:b","s:a"],"Resource":"*"},'
      + '{"Sid":"A","Effect":"Deny","Action":"s:a","Resource":"*"}]}',
    ]);
  });

  test('booleans and numbers in conditions are texts, as CloudFormation sends them', () => {
    const conditions = { Bool: { 'aws:SecureTransport': false }, NumericLessThan: { k: [1, '2'] }, Null: { x: Fn.importValue('X') } };
    const [{ content, text }] = pack([new iam.PolicyStatement({ actions: ['s:a'], resources: ['*'], conditions })]);
    expect(stack.resolve(content).Statement[0].Condition)
      .toEqual({ Bool: { 'aws:SecureTransport': 'false' }, NumericLessThan: { k: ['1', '2'] }, Null: { x: { 'Fn::ImportValue': 'X' } } });
    expect(JSON.stringify(stack.resolve(text))).toContain(String.raw`\"k\":[\"1\",\"2\"]`);
  });

  test('the last character fits, one more does not', () => {
    const two = [ofSize(100, 'A'), ofSize(100, 'B')];
    const exact = FRAME + 100 + 1 + 100;
    expect(pack(two, exact).map(({ text, size }) => [text.length, size])).toEqual([[exact, exact]]);
    expect(sidsIn([ofSize(100, 'A'), ofSize(100, 'B')], exact - 1)).toEqual([['A'], ['B']]);
  });

  test('if the order needs no additional document, it is kept', () => {
    const statements = [ofSize(150, 'A'), ofSize(80, 'B'), ofSize(180, 'C'), ofSize(60, 'D')];
    expect(sidsIn(statements, FRAME + 250)).toEqual([['A', 'B'], ['C', 'D']]);
  });

  test('otherwise, documents are in the order of their first statements', () => {
    const statements = [ofSize(80, 'A'), ofSize(80, 'B'), ofSize(160, 'C'), ofSize(160, 'D')];
    expect(sidsIn(statements, FRAME + 241)).toEqual([['A', 'C'], ['B', 'D']]);
  });

  test('characters outside ASCII count with their bytes', () => {
    const about = (resource: string) => pack([new iam.PolicyStatement({ actions: ['s:a'], resources: [resource] })])[0].size;
    expect(about('ä') - about('a')).toBe(1);
  });

  test('a repeated statement is packed once, with or without a Sid', () => {
    expect(sidsIn([denial('A'), denial('B'), denial('A'), denial(undefined, 's:x'), denial(undefined, 's:x')], 10_240)).toEqual([['A', 'B', undefined]]);
  });

  test('two statements with tokens are equal if the tokens are equal', () => {
    const about = (arn: string) => new iam.PolicyStatement({ sid: 'A', effect: iam.Effect.DENY, actions: ['s:a'], resources: [arn] });
    expect(() => pack([about(`arn:${Aws.PARTITION}:x`), about(`arn:${Aws.PARTITION}:x`)])).not.toThrow();
    expect(() => pack([about(`arn:${Aws.PARTITION}:x`), about(`arn:${Aws.REGION}:x`)])).toThrow('statements must not share a Sid');
  });

  test('a packed statement cannot be changed', () => {
    const statement = denial('A');
    pack([statement]);
    expect(() => statement.addActions('s:b')).toThrow('can no longer be modified');
  });
});

describe('tokens', () => {
  const sizeWith = (arn: string) => pack([new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['s:a'], resources: [arn] })])[0].size;
  const without = sizeWith('arn::x');

  test.each<[string, string, number]>([
    ['the partition counts as the longest one', Aws.PARTITION, 'aws-us-gov'.length],
    ['the account id counts as one', Aws.ACCOUNT_ID, 12],
    ['the Region counts as the longest one', Aws.REGION, 'us-isof-south-1'.length],
    ['a value that is only known at deployment counts as empty', Fn.importValue('Somewhere'), 0],
    ['a Lazy value counts with its result', Lazy.string({ produce: () => 'known' }), 5],
  ])('%s', (_title, token, length) => {
    expect(sizeWith(`arn:${token}:x`) - without).toBe(length);
  });

  test('can be a whole resource', () => {
    expect(without - sizeWith(Fn.importValue('Somewhere'))).toBe('arn::x'.length);
  });
});

describe('a rejected statement', () => {
  test('that does not fit has its size and the limit in the error', () => {
    expect(() => pack([denial('Fits'), ofSize(300, 'TooLong')], 300)).toThrow(`statement 'TooLong' must fit into a policy of 300 characters, got ${FRAME + 300}`);
    expect(() => pack([denial('Fits'), denial(undefined, `s:${'x'.repeat(300)}`)], 300)).toThrow('statement 2 (it has no Sid) must fit into a policy of 300');
  });

  test.each<[string, iam.PolicyStatement[], string]>([
    ['no statement at all', [], 'statements must hold at least one statement, got none'],
    ['two with one Sid', [denial('A'), denial('A', 's:b')], 'statements must not share a Sid, got two different ones with \'A\''],
    ['principals', [denial('A'), withPrincipals({ principals: [new iam.AnyPrincipal()] })], 'statement 2 (it has no Sid) must not name principals: it is for a policy'],
    ['other principals', [withPrincipals({ notPrincipals: [new iam.AccountRootPrincipal()] })], 'must not name principals'],
    ['no actions', [new iam.PolicyStatement({ sid: 'A', resources: ['*'] })], 'statement \'A\' must have actions or notActions, got neither'],
    ['no resources', [new iam.PolicyStatement({ sid: 'A', actions: ['s:a'] })], 'statement \'A\' must have resources or notResources, got neither'],
  ])('%s', (_title, statements, message) => {
    expect(() => pack(statements)).toThrow(message);
  });
});

function withPrincipals(props: iam.PolicyStatementProps): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: ['s:a'], resources: ['*'], ...props });
}

describe('the fewest bins', () => {
  /** All ways to put items into bins, one after the other, each into an existing bin or a new one. */
  function fewestOfAll(weights: readonly number[], capacity: number, bins: readonly number[] = []): number {
    const [weight, ...rest] = weights;
    if (weight === undefined) { return bins.length; }
    const ways = bins.flatMap((used, index) => used + weight <= capacity ? [[...bins.slice(0, index), used + weight, ...bins.slice(index + 1)]] : []);
    return Math.min(...[...ways, [...bins, weight]].map(way => fewestOfAll(rest, capacity, way)));
  }

  const cases = fc.integer({ min: 5, max: 30 }).chain(capacity => fc.record({
    capacity: fc.constant(capacity),
    weights: fc.array(fc.integer({ min: 1, max: capacity }), { minLength: 1, maxLength: 8 }),
  }));

  test('have no better solution, contain each item once, and are not too full', () => {
    fc.assert(fc.property(cases, ({ capacity, weights }) => {
      const bins = fewestBins(weights, capacity);
      expect(bins).toHaveLength(fewestOfAll(weights, capacity));
      expect(bins.flat().sort((one, other) => one - other)).toEqual(weights.map((_, thing) => thing));
      expect(bins.every(bin => bin.reduce((sum, thing) => sum + weights[thing], 0) <= capacity)).toBe(true);
    }), { numRuns: 400 });
  });

  test('keep the order if there are two equally good ways', () => {
    expect(fewestBins([6, 5, 4], 10)).toEqual([[0], [1, 2]]);
  });

  test('are found even if first-fit needs one more, in the given order and from the heaviest', () => {
    const weights = [44, 24, 24, 22, 21, 17, 8, 8, 6, 6];
    expect(fewestBins(weights, 61)).toHaveLength(3);
  });

  test('are not searched exhaustively for many items', () => {
    const weights = Array.from({ length: 300 }, (_, thing) => 331 + (thing * 7919) % 41);
    let looks = 0;
    const counted = new Proxy(weights, { get: (all, key) => { looks += 1; return Reflect.get(all, key) as unknown; } });
    expect(fewestBins(counted, 1000).flat()).toHaveLength(300);
    expect(looks).toBeLessThan(1_000_000);
  });

  test('contain the statements in the same way each time, and none is lost', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 60, max: 200 }), { minLength: 1, maxLength: 10 }), sizes => {
      const statements = () => sizes.map((size, index) => ofSize(size, `S${index}`));
      const packed = pack(statements(), FRAME + 200);
      expect(pack(statements(), FRAME + 200).map(({ text }) => text)).toEqual(packed.map(({ text }) => text));
      expect(packed.flatMap(({ text }) => sidsOf(text)).sort()).toEqual(sizes.map((_, index) => `S${index}`).sort());
      expect(packed.every(({ text, size }) => size === text.length && size <= FRAME + 200)).toBe(true);
    }), { numRuns: 50 });
  });
});
