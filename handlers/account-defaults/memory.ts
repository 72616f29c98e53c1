import type { Change, Changes, ChangesByRegion } from './changes';
import { type Field, UNSET, type Value } from './defaults';
import { lengthened, shortened } from './region-code';

/** What CloudFormation keeps for the resource, in its physical id. */
export interface Memory {
  /** Tells this creation from others, so that none takes another's id for its own. */
  readonly creation: string;

  /** The Regions that are meant to hold the defaults; without, every Region. */
  readonly held?: readonly string[];

  /** What was changed, and what was there before. */
  readonly changes: ChangesByRegion;
}

/** How many characters a physical id may have. */
const MOST_CHARACTERS = 1_024;

const LETTERS: { readonly [field in Field]: string } = {
  HttpTokens: 'T', HttpTokensEnforced: 'E', HttpPutResponseHopLimit: 'H', HttpEndpoint: 'P', InstanceMetadataTags: 'M',
};
const FIELDS = Object.keys(LETTERS) as Field[];
const VALUES: { readonly [letter: string]: Value } = { r: 'required', o: 'optional', e: 'enabled', d: 'disabled' };

const ID = /^imds-defaults:([^:]*):((?:[TEHPM](?:[-roed]|\d+))*):(.*)$/;
const STATE = /([TEHPM])([-roed]|\d+)(?:>([-roed]|\d+))?/g;

/**
 * The physical id that says it, such as `imds-defaults:0a1b2c3d:TrH2:*;T-H1=eu-w-1,eu-c-1;To=us-e-1`: what was written (`TrH2`: tokens required, hop
 * limit 2), that every Region is held (`*`), and what was there before (`T-H1`: tokens without a preference, hop limit 1) in which Regions. `!` marks
 * a Region that is no longer held.
 *
 * What does not fit is forgotten, and so never undone.
 */
export function physicalIdOf(memory: Memory): string {
  const id = inWords(memory);
  if (id.length <= MOST_CHARACTERS) { return id; }
  // That more Regions are held than there are takes nothing away from any.
  const { creation, held, changes } = memory;
  return physicalIdOf(held ? { creation, changes } : { creation, changes: new Map([...changes].slice(0, -1)) });
}

/** What a physical id says; `undefined` where it is none that this version gives. */
export function memoryIn(id = ''): Memory | undefined {
  const [, creation, written, groups] = ID.exec(id) ?? [];
  if (groups === undefined) { return undefined; }
  const usual = new Map([...written.matchAll(STATE)].map(([, letter, value]) => [letter, value]));
  const named: string[] = [];
  const changes = new Map<string, Changes>();
  for (const [state, regions] of groups.split(';').map(group => group.split('='))) {
    for (const marked of regions?.split(',') ?? []) {
      const region = lengthened(marked.replace('!', ''));
      if (!marked.startsWith('!')) { named.push(region); }
      if (state) { changes.set(region, changesIn(state, usual)); }
    }
  }
  return { creation, held: groups.startsWith('*') ? undefined : named, changes };
}

function inWords({ creation, held, changes }: Memory): string {
  const usual = mostWritten(changes);
  const groups = new Map<string, string[]>();
  for (const region of new Set([...held ?? [], ...changes.keys()])) {
    const state = stateIn(changes.get(region) ?? new Map(), usual);
    const mark = held && !held.includes(region) ? '!' : '';
    groups.set(state, [...groups.get(state) ?? [], mark + shortened(region)]);
  }
  const written = FIELDS.map(field => usual.has(field) ? LETTERS[field] + letterOf(usual.get(field)!) : '').join('');
  return `imds-defaults:${creation}:${written}:${[...held ? [] : ['*'], ...[...groups].map(([state, regions]) => `${state}=${regions.join()}`)].join(';')}`;
}

/** What is written in most Regions, which is written in nearly all of them. */
function mostWritten(changes: ChangesByRegion): Map<Field, Value> {
  const all = [...changes.values()];
  const counted = (field: Field, value?: Value) => all.filter(each => each.get(field)?.written === value).length;
  return new Map(FIELDS.flatMap(field => {
    const [most] = all.flatMap(each => each.get(field)?.written ?? []).sort((one, other) => counted(field, other) - counted(field, one));
    return most === undefined ? [] : [[field, most]];
  }));
}

function stateIn(changes: Changes, usual: ReadonlyMap<Field, Value>): string {
  const words = ([field, { before, written }]: [Field, Change]) =>
    LETTERS[field] + letterOf(before) + (written === usual.get(field) ? '' : `>${letterOf(written)}`);
  return FIELDS.flatMap(field => changes.has(field) ? words([field, changes.get(field)!]) : []).join('');
}

function changesIn(state: string, usual: ReadonlyMap<string, string>): Changes {
  return new Map([...state.matchAll(STATE)].map(([, letter, before, written]) => {
    const field = FIELDS.find(name => LETTERS[name] === letter)!;
    return [field, { before: valueOf(before, field), written: valueOf(written ?? usual.get(letter), field) }];
  }));
}

function letterOf(value: Value): string {
  return Object.values(UNSET).includes(value as never) ? '-' : String(value).replace(/^[a-z]+$/, word => word[0]);
}

function valueOf(letter: string, field: Field): Value {
  return letter === '-' ? UNSET[field] : VALUES[letter] ?? Number(letter);
}
