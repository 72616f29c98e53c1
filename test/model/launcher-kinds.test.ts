import type { LauncherKind } from '../../src/model/launcher-kinds';
import { LAUNCHER_KINDS, PHYSICAL_IDS, factsOfKind } from '../../src/model/launcher-kinds';
import { RECORDS } from '../../src/resources/all-records';

const KINDS = Object.keys(LAUNCHER_KINDS) as LauncherKind[];

test('tags or a physical id lead to the resource of each kind that a record names, and of no other', () => {
  const found = KINDS.filter(kind => factsOfKind(kind)?.isInTags || PHYSICAL_IDS[kind]);
  expect(found.sort()).toEqual(RECORDS.flatMap(({ watchedAs }) => watchedAs ?? []).sort());
});

test.each<[LauncherKind, string, string]>([
  ['ECS capacity provider', 'shop/blue', 'blue'],
  ['EKS node group', 'shop/blue', 'shop/blue'],
  ['Batch compute environment', 'jobs', 'arn:aws-cn:batch:cn-north-1:111122223333:compute-environment/jobs'],
])('the physical id of an %s', (kind, name, id) => {
  expect(PHYSICAL_IDS[kind]!(name, { account: '111122223333', region: 'cn-north-1' })).toBe(id);
});
