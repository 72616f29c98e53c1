import type { Change, Changes, ChangesByRegion } from './changes';
import { type Field, type Setting, UNSET, type Value } from './defaults';
import { lengthened, shortened } from './region-code';

/** What CloudFormation keeps for the resource, in its physical id. */
export interface Memory {
  /** Tells this creation from others, so that none takes another's id for its own. */
  readonly creation: string;

  /** The defaults that are meant to hold. */
  readonly settings: readonly Setting[];

  /** The Regions that are meant to hold them; without, every Region. */
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
 * The physical id that says it, such as `imds-defaults:0a1b2c3d:TrH2:*;T-H1=eu-w-1,eu-c-1;To=us-e-1`: what is to hold (`TrH2`: tokens required, hop
 * limit 2), that every Region is held (`*`), and what was there before that was written (`T-H1`: tokens without a preference, hop limit 1) in which
 * Regions. `T->o` says that something else was written, here that tokens are optional. `!` marks a Region that is not held (any more).
 *
 * What does not fit is forgotten, and so never undone.
 */
export function physicalIdOf(memory: Memory): string {
  const id = inWords(memory);
  if (id.length <= MOST_CHARACTERS) { return id; }
  // That more Regions are held than there are takes nothing away from any.
  const { held, changes, ...others } = memory;
  return physicalIdOf(held ? { ...others, changes } : { ...others, changes: new Map([...changes].slice(0, -1)) });
}

/** What a physical id says; `undefined` where it is none that this version gives. */
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
