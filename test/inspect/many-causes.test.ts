import { findingText } from '../../src/inspect/finding-text';

const numbers = [...Array(7).keys()];

test('the tag keys of one resource are one clause', () => {
  const keys = (count: number) => numbers.slice(0, count).map(index => ({ kind: 'tag key' as const, key: `a ${index}`, resource: 'S/I' }));
  const finding = { rule: 'Imdsv2::TagKeyNotAllowed' as const, path: 'Tags', want: { kind: 'other' as const, than: 'x' } };
  const text = (count: number, resource = 'S/I') => findingText({ ...finding, resource, because: keys(count) });
  expect(text(1)).toMatch(/because the tag key 'a 0' is not allowed in instance metadata$/);
  expect(text(7)).toMatch(/because the tag keys 'a 0', 'a 1', 'a 2', 'a 3', 'a 4' and 2 more are not allowed in instance metadata$/);
  expect(text(2, 'S/Group')).toMatch(/because the tag keys 'a 0', 'a 1' in 'S\/I' are not allowed in instance metadata$/);
});

test('instance types with one virtualization are one clause', () => {
  const types = (['xen', 'unknown', 'xen'] as const).map((virtualization, index) =>
    ({ kind: 'instance type' as const, type: `t${index}.micro`, virtualization }));
  expect(findingText({ rule: 'Imdsv2::Ipv6NotSupported', resource: 'S/I', path: 'X', want: { kind: 'other', than: 'x' }, because: types }))
    .toMatch(/because 't0\.micro', 't2\.micro' are not Nitro instance types and 't1\.micro' is not a known Nitro instance type$/);
});

test('launchers with the same effect are one clause', () => {
  const launchers = numbers.map(index => ({ resource: `S/G${index}`, effect: index === 6 ? 'rolls' as const : 'stays' as const }));
  const change = { paths: ['MetadataOptions'], tokens: 'unset' };
  const cause = { kind: 'replacement' as const, ...change, consequence: '', launchers };
  expect(findingText({ rule: 'Imdsv2::ReplacesResource', resource: 'S/C', path: 'MetadataOptions', because: [cause] })).toBe(
    "MetadataOptions now requires tokens (was unset): running instances of 'S/G0', 'S/G1', 'S/G2', 'S/G3', 'S/G4' and 1 more keep IMDSv1 until they are replaced "
    + "and 'S/G6' replaces its running instances",
  );
});
