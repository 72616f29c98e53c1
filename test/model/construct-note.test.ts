import { Construct, RootConstruct } from 'constructs';
import { ConstructNote } from '../../src/model/construct-note';

const NOTE = new ConstructNote<string>('test.Note');
const construct = () => new Construct(new RootConstruct(), 'One');

describe('a note on a construct', () => {
  test('is found by its name, also in another copy of the library', () => {
    const noted = construct();
    NOTE.write(noted, 'one');
    expect(NOTE.of(noted)).toBe('one');
    jest.isolateModules(() => {
      const other = jest.requireActual<typeof import('../../src/model/construct-note')>('../../src/model/construct-note');
      expect(other.ConstructNote).not.toBe(ConstructNote);
      expect(new other.ConstructNote<string>('test.Note').of(noted)).toBe('one');
    });
    expect(new ConstructNote<string>('test.Other').of(noted)).toBeUndefined();
  });

  test('is replaced by another one', () => {
    const noted = construct();
    NOTE.write(noted, 'one');
    NOTE.write(noted, 'two');
    expect(NOTE.of(noted)).toBe('two');
  });

  test('belongs to this construct only, and is not enumerable', () => {
    const noted = construct();
    const before = Object.keys(noted);
    NOTE.write(noted, 'one');
    expect(NOTE.of(noted.node.root)).toBeUndefined();
    expect(Object.keys(noted)).toEqual(before);
    expect({ ...noted }).not.toHaveProperty([Symbol.for('cdk-imdsv2.test.Note')]);
  });

  test('is found from below, the nearest first', () => {
    const root = new RootConstruct();
    const [outer, inner] = [new Construct(root, 'Outer'), new Construct(root, 'Other')];
    const below = new Construct(new Construct(outer, 'Middle'), 'Below');
    NOTE.write(root, 'root');
    expect(NOTE.nearest(below)).toBe(root);
    NOTE.write(outer, 'outer');
    expect([below, outer, inner, root, undefined].map(each => NOTE.nearest(each))).toEqual([outer, outer, root, root, undefined]);
    expect(new ConstructNote<string>('test.None').nearest(below)).toBeUndefined();
  });
});
