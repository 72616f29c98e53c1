import { RENDERED } from '../../src/resources/layer';
import { parsePath } from '../../src/resources/path';
import { rewriteAt } from '../../src/resources/rewrite-at';

const NO_VALUE = { Ref: 'AWS::NoValue' };
const UNKNOWN = { 'Fn::FindInMap': ['A', 'B', 'C'] };

interface Case {
  readonly name: string;
  readonly path: string;
  readonly value: unknown;
  /** The value with every block replaced by `'new'`. */
  readonly rewritten: unknown;
  /** The places of the blocks. */
  readonly blocks?: readonly string[];
  /** The places of the obstacles. */
  readonly barred?: readonly string[];
}

const CASES: readonly Case[] = [
  { name: 'a block', path: 'A', value: { A: 1, B: 2 }, rewritten: { A: 'new', B: 2 }, blocks: ['A'] },
  { name: 'a block further down', path: 'A.B.C', value: { A: { B: { C: 1 }, D: 2 } }, rewritten: { A: { B: { C: 'new' }, D: 2 } }, blocks: ['A.B.C'] },
  { name: 'a block that is missing', path: 'A', value: { B: 2 }, rewritten: { B: 2, A: 'new' }, blocks: ['A'] },
  { name: 'a way that is missing', path: 'A.B.C', value: {}, rewritten: { A: { B: { C: 'new' } } }, blocks: ['A.B.C'] },
  { name: 'everything missing', path: 'A.B', value: undefined, rewritten: { A: { B: 'new' } }, blocks: ['A.B'] },
  { name: 'a way that is null', path: 'A.B', value: { A: null }, rewritten: { A: { B: 'new' } }, blocks: ['A.B'] },
  { name: 'a way that is AWS::NoValue', path: 'A.B', value: { A: NO_VALUE }, rewritten: { A: { B: 'new' } }, blocks: ['A.B'] },
  { name: 'a block that is null', path: 'A', value: { A: null }, rewritten: { A: 'new' }, blocks: ['A'] },

  { name: 'both branches of a block', path: 'A', value: { A: when(1, 2) }, rewritten: { A: when('new', 'new') }, blocks: ['A', 'A'] },
  { name: 'branches in branches', path: 'A', value: { A: when(1, when(2, NO_VALUE)) }, rewritten: { A: when('new', when('new', 'new')) }, blocks: ['A', 'A', 'A'] },
  { name: 'branches on the way', path: 'A.B', value: { A: when({ B: 1, C: 2 }, NO_VALUE) }, rewritten: { A: when({ B: 'new', C: 2 }, { B: 'new' }) }, blocks: ['A.B', 'A.B'] },
  { name: 'branches around everything', path: 'A', value: when({ A: 1 }, {}), rewritten: when({ A: 'new' }, { A: 'new' }), blocks: ['A', 'A'] },
  { name: 'one branch barred', path: 'A.B', value: { A: when({ B: 1 }, UNKNOWN) }, rewritten: { A: when({ B: 'new' }, UNKNOWN) }, blocks: ['A.B'], barred: ['A'] },

  { name: 'every element', path: 'L[].A', value: { L: [{ A: 1 }, { B: 2 }] }, rewritten: { L: [{ A: 'new' }, { B: 2, A: 'new' }] }, blocks: ['L[0].A', 'L[1].A'] },
  { name: 'elements in elements', path: 'L[].M[].A', value: { L: [{ M: [{ A: 1 }] }, {}] }, rewritten: { L: [{ M: [{ A: 'new' }] }, {}] }, blocks: ['L[0].M[0].A'] },
  { name: 'no list', path: 'L[].A', value: {}, rewritten: {} },
  { name: 'an empty list', path: 'L[].A', value: { L: [] }, rewritten: { L: [] } },
  { name: 'a list that is AWS::NoValue', path: 'L[].A', value: { L: NO_VALUE }, rewritten: { L: NO_VALUE } },
  { name: 'a conditional list', path: 'L[].A', value: { L: when([{ A: 1 }], NO_VALUE) }, rewritten: { L: when([{ A: 'new' }], NO_VALUE) }, blocks: ['L[0].A'] },
  { name: 'a conditional element', path: 'L[].A', value: { L: [when({ A: 1 }, UNKNOWN)] }, rewritten: { L: [when({ A: 'new' }, UNKNOWN)] }, blocks: ['L[0].A'], barred: ['L[0]'] },
  { name: 'an element that is left out', path: 'L[].A', value: { L: [NO_VALUE, { A: 1 }] }, rewritten: { L: [NO_VALUE, { A: 'new' }] }, blocks: ['L[1].A'] },
  { name: 'an element that is left out under a condition', path: 'L[].A', value: { L: [when({ A: 1 }, NO_VALUE)] }, rewritten: { L: [when({ A: 'new' }, NO_VALUE)] }, blocks: ['L[0].A'] },

  { name: 'an intrinsic on the way', path: 'A.B', value: { A: UNKNOWN }, rewritten: { A: UNKNOWN }, barred: ['A'] },
  { name: 'an intrinsic around everything', path: 'A', value: UNKNOWN, rewritten: UNKNOWN, barred: [''] },
  { name: 'a malformed condition', path: 'A.B', value: { A: { 'Fn::If': ['C'] } }, rewritten: { A: { 'Fn::If': ['C'] } }, barred: ['A'] },
  { name: 'a string on the way', path: 'A.B', value: { A: 'text' }, rewritten: { A: 'text' }, barred: ['A'] },
  { name: 'a list where an object belongs', path: 'A.B', value: { A: [1] }, rewritten: { A: [1] }, barred: ['A'] },
  { name: 'an object where a list belongs', path: 'L[].A', value: { L: { A: 1 } }, rewritten: { L: { A: 1 } }, barred: ['L'] },
  { name: 'a number in the list', path: 'L[].A', value: { L: [5, { A: 1 }] }, rewritten: { L: [5, { A: 'new' }] }, blocks: ['L[1].A'], barred: ['L[0]'] },

  { name: 'a key __proto__', path: 'A.B', value: JSON.parse('{"__proto__":{"A":{"B":1}}}'), rewritten: JSON.parse('{"__proto__":{"A":{"B":1}},"A":{"B":"new"}}'), blocks: ['A.B'] },
  { name: 'what is inherited', path: 'A.B', value: Object.create({ A: { B: 1 } }), rewritten: { A: { B: 'new' } }, blocks: ['A.B'] },
  { name: 'a name that every object has', path: 'constructor.B', value: {}, rewritten: { constructor: { B: 'new' } }, blocks: ['constructor.B'] },
];

describe('rewriting at a path', () => {
  test.each(CASES)('$name', ({ path, value, rewritten, blocks = [], barred = [] }) => {
    const seen = { blocks: [] as string[], barred: [] as string[] };
    const before = JSON.stringify(value);
    const result = rewriteAt(value, parsePath(path), RENDERED, {
      scalar: false,
      createsParents: true,
      block: (_value, _layer, where) => { seen.blocks.push(where); return 'new'; },
      barred: (_value, where) => { seen.barred.push(where); },
    });
    expect(result).toEqual(rewritten);
    expect(seen).toEqual({ blocks, barred });
    expect(JSON.stringify(value)).toBe(before);
  });

  test.each(CASES)('returns the same object if the visitor changes nothing: $name', ({ path, value }) => {
    const visitor = { scalar: false, createsParents: true, block: (block: unknown) => block, barred: () => undefined };
    expect(rewriteAt(value, parsePath(path), RENDERED, visitor)).toBe(value);
  });

  test('passes the conditions of a single value to the visitor', () => {
    const seen: unknown[] = [];
    const visitor = { scalar: true, createsParents: true, block: (block: unknown) => { seen.push(block); return true; }, barred: () => undefined };
    expect(rewriteAt({ A: when(true, false) }, ['A'], RENDERED, visitor)).toEqual({ A: true });
    expect(seen).toEqual([when(true, false)]);
  });

  test('supports a thousand nested conditions', () => {
    let nested: unknown = { A: 1 };
    for (let depth = 0; depth < 1000; depth++) { nested = when(NO_VALUE, nested); }
    let blocks = 0;
    rewriteAt(nested, ['A'], RENDERED, { scalar: false, createsParents: true, block: value => { blocks++; return value; }, barred: () => undefined });
    expect(blocks).toBe(1001);
  });

  test('has an obstacle in conditions that cannot be read', () => {
    let nested: unknown = { A: 1 };
    for (let depth = 0; depth < 5000; depth++) { nested = when(NO_VALUE, nested); }
    const barred: string[] = [];
    const visitor = {
      scalar: false, createsParents: false, block: (value: unknown) => value, barred: (_: unknown, where: string) => barred.push(where),
    };
    expect(rewriteAt({ L: [nested], B: nested }, ['L', '[]', 'A'], RENDERED, visitor)).toBeDefined();
    expect(rewriteAt({ B: nested }, ['B', 'A'], RENDERED, visitor)).toBeDefined();
    expect(barred).toEqual(expect.arrayContaining(['L[0]', 'B']));
  });
});

test.each([
  ['MetadataOptions', ['MetadataOptions']],
  ['A.B', ['A', 'B']],
  ['L[].A', ['L', '[]', 'A']],
  ['L[].M[].A', ['L', '[]', 'M', '[]', 'A']],
  ['L[]', ['L', '[]']],
])('%s is parsed', (path, segments) => {
  expect(parsePath(path)).toEqual(segments);
});

function when(whenTrue: unknown, whenFalse: unknown): object {
  return { 'Fn::If': ['C', whenTrue, whenFalse] };
}
