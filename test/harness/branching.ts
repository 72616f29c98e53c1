import { RECORDS } from '../../src/resources/all-records';
import type { Carrier, ResourceRecord } from '../../src/resources/record';
import type { Json } from './json';

/** A value at the end of branches, which differs by its number. */
type Leaf = (index: number) => unknown;

/** A place of a resource, and its values. */
type Spot = readonly [path: string, leaf: Leaf];

/** The number of sources to launch from. */
const SOURCES = 8;

/** A value with conditions in both branches of conditions, with this depth. */
export function tree(levels: number, leaf: Leaf, index = 0): unknown {
  return levels === 0 ? leaf(index) : { 'Fn::If': [`C${levels}`, tree(levels - 1, leaf, 2 * index), tree(levels - 1, leaf, 2 * index + 1)] };
}

/** A resource of a type with such a value in every known place, and its sources in the same form. */
export function branching(record: ResourceRecord, levels: number, write: (record: ResourceRecord, levels: number) => Json): Json {
  const target = record.launchesFrom?.references[0].target;
  const source = RECORDS.find(({ type }) => type === target);
  const sources = source ? Array.from({ length: SOURCES }, (_, index) => [`Source${index}`, resource(source, write(source, levels - 3))]) : [];
  return { Resource: resource(record, write(record, levels)), ...Object.fromEntries(sources) as Json };
}

function resource({ type: Type }: ResourceRecord, Properties: Json): Json {
  return { Type, Properties };
}

/** Ways to have conditions everywhere: in each value, or around each object with values. */
export const EVERYWHERE: readonly (readonly [name: string, write: (record: ResourceRecord, levels: number) => Json])[] = [
  ['in each value', (record, levels) => spotsOf(record).reduce<Json>((properties, [path, leaf]) => putAt(properties, path, tree(levels, leaf)), {})],
  ['around each object', (record, levels) => {
    const spots = spotsOf(record);
    const holders = [...new Set(spots.map(([path]) => holderOf(path)))].sort((one, other) => one.length - other.length);
    return holders.reduce<Json>((properties, holder) => {
      const inside = spots.filter(([path]) => holderOf(path) === holder);
      const objectAt: Leaf = index => inside.reduce<Json>((object, [path, leaf]) => putAt(object, path.slice(holder.length).replace(/^\./, ''), leaf(index)), {});
      return holder === '' ? { ...properties, ...objectAt(0) as Json } : putAt(properties, holder, tree(levels, objectAt));
    }, {});
  }],
];

function holderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('.'), 0));
}

function spotsOf(record: ResourceRecord): readonly Spot[] {
  const { launchesFrom, carriers, gaps, releases, nameProperty, requiredByService, containers, instances } = record;
  const written = (paths: readonly (readonly string[])[]) => paths.map(path => path.join('.').replaceAll('.[]', '[]'));
  const conditions = [...gaps.flatMap(({ when }) => [when.present, when.absent, when.unless?.path]), releases?.path, nameProperty,
    requiredByService?.when?.path, containers?.present, containers?.unless?.path];
  const spots: Spot[] = [
    ...(launchesFrom?.references ?? []).flatMap(({ path, keys }): Spot[] => keys
      ? [[`${path}.${keys.id}`, sourceIn], [`${path}.${keys.version}`, versionIn], ...keys.name === undefined ? [] : [[`${path}.${keys.name}`, textIn] as const]]
      : [[path, sourceIn]]),
    ...carriers.flatMap(blockSpots),
    ...written(['instanceTypes', 'images', 'userData', 'subnets', 'access'].flatMap(fact => instances[fact as 'images'])).map((path): Spot => [path, textIn]),
    ...written(instances.tags).map((path): Spot => [`${path}[].Key`, textIn]),
    ...written(instances.tagSpecifications).map((path): Spot => [`${path}[].Tags[].Key`, textIn]),
  ];
  const more = conditions.filter(path => path !== undefined && !spots.some(([known]) => known.startsWith(path))) as string[];
  return [...spots, ...more.map((path): Spot => [path, index => index % 3 === 0 ? textIn(index) : { Ref: 'AWS::NoValue' }])];
}

function blockSpots({ block, dialect: { scalar, title, fields }, countsWith }: Carrier): readonly Spot[] {
  const counts: readonly Spot[] = countsWith ? [[countsWith.path, index => index % 2 === 0 ? countsWith.values[0] : textIn(index)]] : [];
  if (scalar) { return [[block, textIn]]; }
  if (title === 'option settings') {
    return [[`${block}[].Namespace`, () => 'aws:autoscaling:launchconfiguration'], [`${block}[].OptionName`, () => fields.tokens.key], [`${block}[].Value`, textIn]];
  }
  const holder = title === 'JSON document' ? `${block}.InstanceMetadataServiceConfiguration` : block;
  return [...Object.values(fields).map(({ key }): Spot => [`${holder}.${key}`, textIn]), ...counts];
}

function textIn(index: number): unknown {
  return index % 5 === 0 ? { Ref: 'AWS::NoValue' } : `docker run ${index}`;
}

function sourceIn(index: number): unknown {
  return index % 4 === 0 ? `lt-${index}` : { Ref: `Source${index % SOURCES}` };
}

function versionIn(index: number): unknown {
  return index % 3 === 0 ? String(index) : index % 2 === 0 ? '$Latest' : { 'Fn::GetAtt': [`Source${index % SOURCES}`, 'LatestVersionNumber'] };
}

/** The object with a value at a path, unless a condition is on the path. */
function putAt(object: Json, path: string, value: unknown): Json {
  const [head, ...rest] = path.split('.');
  const isList = head.endsWith('[]');
  const name = isList ? head.slice(0, -2) : head;
  if (rest.length === 0) { return { ...object, [name]: isList ? [value] : value }; }
  const [present] = isList && Array.isArray(object[name]) ? object[name] as unknown[] : [object[name]];
  const holder = typeof present === 'object' ? present as Json : {};
  if ('Fn::If' in holder) { return object; }
  const inner = putAt(holder, rest.join('.'), value);
  return { ...object, [name]: isList ? [inner] : inner };
}
