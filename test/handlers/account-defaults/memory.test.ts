import fc from 'fast-check';
import type { Change, Changes } from '../../../handlers/account-defaults/changes';
import type { Field, Setting, Value } from '../../../handlers/account-defaults/defaults';
import { type Memory, memoryIn, physicalIdOf } from '../../../handlers/account-defaults/memory';
import { lengthened, shortened } from '../../../handlers/account-defaults/region-code';

const REGIONS = [
  'af-south-1', 'ap-east-1', 'ap-northeast-1', 'ap-northwest-2', 'ca-central-1', 'cn-northwest-1', 'eu-isoe-west-1', 'eusc-de-east-1', 'sa-east-1',
  'us-gov-west-1', 'us-isof-south-1', 'ap-southwest-9',
];

const VALUES: { readonly [field in Field]: readonly Value[] } = {
  HttpTokens: ['required', 'optional', 'no-preference'],
  HttpPutResponseHopLimit: [-1, ...Array.from({ length: 64 }, (_, index) => index + 1)],
  HttpEndpoint: ['enabled', 'disabled', 'no-preference'],
  InstanceMetadataTags: ['enabled', 'disabled', 'no-preference'],
  HttpTokensEnforced: ['enabled', 'disabled', 'no-preference'],
};

const change = (field: Field): fc.Arbitrary<Change> => {
  const value = fc.constantFrom(...VALUES[field]);
  return fc.record({ before: value, written: value }).filter(({ before, written }) => before !== written);
};

const changes: fc.Arbitrary<Changes> = fc.record(
  Object.fromEntries(Object.keys(VALUES).map(field => [field, change(field as Field)])), { requiredKeys: [] },
).map(fields => new Map(Object.entries(fields) as [Field, Change][])).filter(({ size }) => size > 0);

const setting = (field: Field): fc.Arbitrary<Setting> => fc.constantFrom(...VALUES[field]).map(value => [field, value]);
const settings = fc.subarray(Object.keys(VALUES) as Field[]).chain(fields => fc.tuple(...fields.map(setting)));

const memory: fc.Arbitrary<Memory> = fc.record({
  creation: fc.constantFrom('0a1b2c3d', ''),
  settings,
  held: fc.option(fc.subarray(REGIONS), { nil: undefined }),
  changes: fc.array(fc.tuple(fc.constantFrom(...REGIONS), changes), { maxLength: 6 }).map(entries => new Map(entries)),
});

/** A memory in a form that does not depend on the order of Regions. */
function plain({ creation, settings: wanted, held, changes: all }: Memory): object {
  const changesIn = Object.fromEntries([...all].map(([region, each]) => [region, Object.fromEntries(each)]));
  return { creation, settings: Object.fromEntries(wanted), held: held && [...held].sort(), changes: changesIn };
}

test('is the same after writing and reading', () => {
  fc.assert(fc.property(memory, remembered => {
    expect(plain(memoryIn(physicalIdOf(remembered))!)).toEqual(plain(remembered));
  }));
});

/** As many Regions as an account can have in the future, with the longest names and different former values. */
function everywhere(count: number, written: (index: number) => { readonly [field in Field]: Value }): Memory {
  const regions = Array.from({ length: count }, (_, index) => `ap-southeast-${index + 1}`);
  return {
    creation: '0a1b2c3d',
    settings: Object.entries(WRITTEN) as Setting[],
    held: regions,
    changes: new Map(regions.map((region, index) => {
      const before = { ...BEFORE, HttpPutResponseHopLimit: index + 10, HttpTokens: index % 2 ? 'optional' : 'no-preference' };
      const each = Object.entries(written(index)) as [Field, Value][];
      return [region, new Map(each.map(([field, value]) => [field, { before: before[field], written: value }]))];
    })),
  };
}

const BEFORE = { HttpTokensEnforced: 'disabled', HttpEndpoint: 'disabled', InstanceMetadataTags: 'enabled' };
const WRITTEN = { HttpTokens: 'required', HttpPutResponseHopLimit: 2, HttpEndpoint: 'enabled', InstanceMetadataTags: 'disabled', HttpTokensEnforced: 'enabled' };

test('has space for 40 Regions with changes of all fields', () => {
  const remembered = everywhere(40, () => WRITTEN);
  const id = physicalIdOf(remembered);
  expect(id.length).toBeLessThanOrEqual(1_024);
  expect(plain(memoryIn(id)!)).toEqual(plain(remembered));
});

test('forgets changes that do not fit, and lists more Regions than exist', () => {
  const remembered = everywhere(54, index => ({ ...WRITTEN, HttpPutResponseHopLimit: index + 1 }));
  const id = physicalIdOf(remembered);
  expect(id.length).toBeLessThanOrEqual(1_024);
  const { held, changes: left } = memoryIn(id)!;
  expect(held).toBeUndefined();
  expect(left.size).toBeGreaterThan(30);
  for (const [region, each] of left) { expect(each).toEqual(remembered.changes.get(region)); }
});

test.each(REGIONS)('shortens %s, and restores it', region => {
  expect(lengthened(shortened(region))).toBe(region);
  expect(shortened(region).length).toBeLessThanOrEqual(region.length);
});

test.each([
  '', 'ami-1234567890abcdef0', 'imds-defaults', 'imds-defaults:a:Tr', 'imds-defaults:a:Xr:*', 'imds-defaults:a:Tx:*',
  'arn:aws:cloudformation:eu-west-1:111122223333:stack/Account/51af3dc0/Resource1A2B3C4D',
])('is not in the id %j', id => {
  expect(memoryIn(id)).toBeUndefined();
});
