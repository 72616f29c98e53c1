import { isTagKeyInMetadata } from '../../src/policy/metadata-tag-keys';

describe('a tag key can be in the metadata', () => {
  test.each([
    'Name', 'name', 'a', 'Z', '0', 'cost-center', 'cost_center', 'a.b.c', 'team:owner', 'a=b', 'a+b', 'a,b', 'me@example.com', '+-=.,_:@',
    'aws:cloudformation:stack-name', '...', '.a', '_', '_Index', '_index2', '__proto__', 'constructor', 'x'.repeat(128),
  ])('%s', key => {
    expect(isTagKeyInMetadata(key)).toBe(true);
  });
});

describe('a tag key cannot be in the metadata', () => {
  test.each(['.', '..', '_index'])('if it is reserved: %s', key => {
    expect(isTagKeyInMetadata(key)).toBe(false);
  });

  test.each([
    'a b', ' a', 'a ', 'Patch Group', 'a/b', '/', 'kubernetes.io/cluster/x', 'k8s.io/cluster-autoscaler/enabled', 'a\n', 'a\tb', 'a\u0000',
    'é', 'ключ', '名前', 'İ', '\u212a', '٣', '😀', 'a;b', 'a#b', 'a?b', 'a%20b', 'a&b', 'a*', 'a~', 'a\\b', "a'b", 'a"b', '(a)', '[a]', '{a}',
    '<a>', '$', '!', '^', '|', '`', '${Token[TOKEN.1]}',
  ])('if it has other characters: %j', key => {
    expect(isTagKeyInMetadata(key)).toBe(false);
  });

  test.each([['', 'empty'], ['x'.repeat(129), 'longer than 128 characters']])('if its length is not allowed: case %#, %s', key => {
    expect(isTagKeyInMetadata(key)).toBe(false);
  });

  test.each([undefined, null, 1, true, Symbol('a'), {}, [], ['Name'], { Ref: 'Key' }, Object.create(null), new String('Name')])(
    'if it is not a string: case %#', key => {
      expect(isTagKeyInMetadata(key)).toBe(false);
    });
});
