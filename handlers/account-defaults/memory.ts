import type { Change, Changes, ChangesByRegion } from './changes';
import { type Field, type Setting, UNSET, type Value } from './defaults';
import { lengthened, shortened } from './region-code';

/** The data of the resource that CloudFormation keeps, in its physical id. */
export interface Memory {
  /** Identifies this creation, so that no resource takes the id of another one for its own. */
  readonly creation: string;

  /** The wanted defaults. */
  readonly settings: readonly Setting[];

  /** The Regions that get them. Left out for every Region. */
  readonly held?: readonly string[];

  /** The changes, with the former values. */
  readonly changes: ChangesByRegion;
}

/** The most characters of a physical id. */
const MOST_CHARACTERS = 1_024;

const LETTERS: { readonly [field in Field]: string } = {
  HttpTokens: 'T', HttpTokensEnforced: 'E', HttpPutResponseHopLimit: 'H', HttpEndpoint: 'P', InstanceMetadataTags: 'M',
};
const FIELDS = Object.keys(LETTERS) as Field[];
const VALUES: { readonly [letter: string]: Value } = { r: 'required', o: 'optional', e: 'enabled', d: 'disabled' };

const ID = /^imds-defaults:([^:]*):((?:[TEHPM](?:[-roed]|\d+))*):(.*)$/;
const STATE = /([TEHPM])([-roed]|\d+)(?:>([-roed]|\d+))?/g;

/**
 * The physical id with this data, such as `imds-defaults:0a1b2c3d:TrH2:*;T-H1=eu-w-1,eu-c-1;To=us-e-1`. It contains the wanted settings (`TrH2`:
 * tokens required, hop limit 2), the Regions (`*` for all), and the former values with their Regions (`T-H1`: tokens without a preference, hop limit
 * 1). `T->o` means that another value was written, here optional tokens. `!` marks a Region that is not, or no longer, wanted.
 *
 * Changes that do not fit are forgotten, and so never undone.
 */
export function physicalIdOf(memory: Memory): string {
  const id = inWords(memory);
  if (id.length <= MOST_CHARACTERS) { return id; }
  // It is harmless to list more Regions than exist.
  const { held, changes, ...others } = memory;
  return physicalIdOf(held ? { ...others, changes } : { ...others, changes: new Map([...changes].slice(0, -1)) });
}

/** The data in a physical id. `undefined` if it is not from this version. */
export function memoryIn(id = ''): Memory | undefined {
  const [, creation, wanted, groups] = ID.exec(id) ?? [];
  if (groups === undefined) { return undefined; }
  const settings = [...wanted.matchAll(STATE)].map(([, letter, value]): Setting => [fieldOf(letter), valueOf(value, fieldOf(letter))]);
  const named: string[] = [];
  const changes = new Map<string, Changes>();
  for (const [state, regions] of groups.split(';').map(group => group.split('='))) {
    for (const marked of regions?.split(',') ?? []) {
      const region = lengthened(marked.replace('!', ''));
      if (!marked.startsWith('!')) { named.push(region); }
      if (state) { changes.set(region, changesIn(state, new Map(settings))); }
    }
  }
  return { creation, settings, held: groups.startsWith('*') ? undefined : named, changes };
}

function inWords({ creation, settings, held, changes }: Memory): string {
  const usual = new Map(settings);
  const groups = new Map<string, string[]>();
  for (const region of new Set([...held ?? [], ...changes.keys()])) {
    const state = stateIn(changes.get(region) ?? new Map(), usual);
    const mark = held && !held.includes(region) ? '!' : '';
    groups.set(state, [...groups.get(state) ?? [], mark + shortened(region)]);
  }
  const wanted = FIELDS.map(field => usual.has(field) ? LETTERS[field] + letterOf(usual.get(field)!) : '').join('');
  return `imds-defaults:${creation}:${wanted}:${[...held ? [] : ['*'], ...[...groups].map(([state, regions]) => `${state}=${regions.join()}`)].join(';')}`;
}

function stateIn(changes: Changes, usual: ReadonlyMap<Field, Value>): string {
  const words = ([field, { before, written }]: [Field, Change]) =>
    LETTERS[field] + letterOf(before) + (written === usual.get(field) ? '' : `>${letterOf(written)}`);
  return FIELDS.flatMap(field => changes.has(field) ? words([field, changes.get(field)!]) : []).join('');
}

function changesIn(state: string, usual: ReadonlyMap<Field, Value>): Changes {
  return new Map([...state.matchAll(STATE)].map(([, letter, before, written]) => {
    const field = fieldOf(letter);
    return [field, { before: valueOf(before, field), written: written === undefined ? usual.get(field)! : valueOf(written, field) }];
  }));
}

function fieldOf(letter: string): Field {
  return FIELDS.find(name => LETTERS[name] === letter)!;
}

function letterOf(value: Value): string {
  return Object.values(UNSET).includes(value as never) ? '-' : String(value).replace(/^[a-z]+$/, word => word[0]);
}

function valueOf(letter: string, field: Field): Value {
  return letter === '-' ? UNSET[field] : VALUES[letter] ?? Number(letter);
}
