import { Fn, Lazy } from 'aws-cdk-lib';
import type { Carrier } from './carriers';
import { staysBare, whereBare, whereSilent, whereUnset } from './carriers';
import { decided, when } from './condition-forms';
import type { Form } from './form';
import { deepFreeze, omit } from './json';

const NO_VALUE = { Ref: 'AWS::NoValue' };
const isBranchwise = (c: Carrier) => c.words.leaf !== undefined;
const isObject = (c: Carrier) => isBranchwise(c) && !Array.isArray(c.words.empty);

/** The path of the tokens for overrides. */
export function leafOf(c: Carrier): string {
  return c.words.leaf === undefined ? c.place : `${c.place}.${c.words.leaf}`;
}

/** A form in which an override replaces a required value. */
function overridden(name: string, then: (place: { set(value: unknown): void }, c: Carrier) => void, more: Partial<Form> = {}): Form {
  return {
    name,
    given: c => c.around(c.words.say(c.words.required)),
    then: (resource, c) => then({ set: value => resource.addPropertyOverride(c.place, value) }, c),
    becomes: c => c.around(c.words.say(c.words.required)),
    ...more,
  };
}

/** Forms of input in which an override writes something. */
export const OVERRIDE_FORMS: readonly Form[] = [
  {
    ...overridden('an override of the value', () => undefined),
    then: (resource, c) => resource.addPropertyOverride(leafOf(c), c.words.weak),
  },
  {
    ...overridden('an override of the value that is already required', () => undefined, { changes: () => false }),
    given: c => c.around(c.words.say(c.words.weak)),
    then: (resource, c) => resource.addPropertyOverride(leafOf(c), c.words.required),
  },
  {
    ...overridden('an override of the value by a token', () => undefined),
    then: (resource, c) => resource.addPropertyOverride(leafOf(c), Lazy.any({ produce: () => c.words.weak })),
  },
  {
    ...overridden('an override of the value by a condition', () => undefined),
    then: (resource, c) => resource.addPropertyOverride(leafOf(c), when('IsProduction', c.words.weak, c.words.required)),
    becomes: c => c.around(c.words.say(decided(c, when('IsProduction', c.words.required, c.words.required)))),
  },
  {
    ...overridden('an override of the value by null', () => undefined),
    then: (resource, c) => resource.addPropertyOverride(leafOf(c), null),
    suits: c => !c.inherits,
  },
  {
    ...overridden('an override of the value by addOverride', () => undefined),
    then: (resource, c) => resource.addOverride(`Properties.${leafOf(c)}`, c.words.weak),
  },
  {
    ...overridden('an override of the value over a Lazy block', () => undefined),
    given: (c, spell) => c.around(Lazy.any({ produce: () => spell(c.words.say(c.words.required)) })),
    then: (resource, c) => resource.addPropertyOverride(leafOf(c), c.words.weak),
    ways: ['typed L1', 'generic CfnResource'],
  },
  overridden('an override of the block', ({ set }, c) => set(c.words.say(c.words.weak))),
  overridden('an override of the block that says nothing of tokens', ({ set }, c) => set(c.words.say()), {
    given: c => c.around(),
    becomes: c => c.around(whereSilent(c)),
    changes: c => !c.inherits,
    suits: isBranchwise,
  }),
  overridden('an override of the block that speaks of another setting only', ({ set }) => set({ Other: 'value' }), {
    given: c => c.around(c.words.say(c.words.weak)),
    becomes: c => c.around({ ...c.words.say(c.words.required) as object, Other: 'value' }),
    suits: isObject,
  }),
  overridden('an override of the block by null', ({ set }) => set(null), {
    becomes: c => c.around(whereUnset(c)),
    suits: c => !c.inherits,
  }),
  overridden('an override of the block by AWS::NoValue', ({ set }) => set(NO_VALUE), {
    becomes: c => c.around(whereUnset(c) ?? NO_VALUE),
    changes: c => !c.inherits,
  }),
  overridden('an override of the block by Fn::If', ({ set }, c) => set(when('IsProduction', c.words.say(c.words.weak), NO_VALUE)), {
    becomes: c => c.around(when('IsProduction', c.words.say(c.words.required), whereUnset(c) ?? NO_VALUE)),
    suits: isBranchwise,
  }),
  overridden('an override of the block by Fn.conditionIf', ({ set }, c) => set(Fn.conditionIf('IsProduction', c.words.say(c.words.weak), c.words.say())), {
    becomes: c => c.around(when('IsProduction', c.words.say(c.words.required), whereSilent(c))),
    suits: isBranchwise,
  }),
  overridden('an override of the block by Fn::If over nothing', ({ set }, c) => set(when('IsProduction', NO_VALUE, c.words.say(c.words.weak))), {
    given: c => c.around(),
    becomes: c => c.around(when('IsProduction', whereUnset(c) ?? NO_VALUE, c.words.say(c.words.required))),
    suits: isBranchwise,
  }),
  overridden('an override of the block by a Lazy', ({ set }, c) => set(Lazy.any({ produce: () => c.words.say(c.words.weak) }))),
  overridden('an override of the block by a frozen object', ({ set }, c) => set(deepFreeze(c.words.say(c.words.weak)))),
  overridden('a frozen override of the block over nothing', ({ set }, c) => set(deepFreeze(c.words.say(c.words.weak))), {
    given: c => c.around(),
  }),
  {
    ...overridden('an override of what holds the block', () => undefined),
    then: (resource, c) => resource.addPropertyOverride(c.ancestor!, c.around(c.words.say(c.words.weak))[c.ancestor!]),
    suits: c => c.ancestor !== undefined,
  },
  {
    ...overridden('a frozen override of what holds the block', () => undefined),
    then: (resource, c) => resource.addPropertyOverride(c.ancestor!, deepFreeze(c.around(c.words.say(c.words.weak))[c.ancestor!])),
    suits: c => c.ancestor !== undefined,
  },
  {
    ...overridden('a Lazy override of what holds the block', () => undefined),
    then: (resource, c) => resource.addPropertyOverride(c.ancestor!, Lazy.any({ produce: () => c.around(c.words.say(c.words.weak))[c.ancestor!] })),
    suits: c => c.ancestor !== undefined,
  },
  {
    ...overridden('an override by Fn::If of what holds the block', () => undefined),
    then: (resource, c) => resource.addPropertyOverride(c.ancestor!,
      when('IsProduction', c.around(c.words.say(c.words.weak))[c.ancestor!], c.around()[c.ancestor!])),
    becomes: c => {
      const [required, unset] = [c.words.say(c.words.required), whereUnset(c)].map(block => c.around(block)[c.ancestor!]);
      return { ...c.around(), [c.ancestor!]: when('IsProduction', required, unset) };
    },
    suits: c => c.ancestor !== undefined,
  },
  {
    ...overridden('an override by AWS::NoValue of what holds the block', () => undefined),
    then: (resource, c) => resource.addPropertyOverride(c.ancestor!, NO_VALUE),
    becomes: c => ({ ...omit(c.around(), c.ancestor!), ...staysBare(c) ? { [c.ancestor!]: NO_VALUE } : whereBare(c) }),
    changes: c => !staysBare(c),
    lacksAncestor: true,
    suits: c => c.ancestor !== undefined,
  },
  {
    ...overridden('an override of the value over another thing in the place of the block', () => undefined),
    given: c => c.around('optional'),
    then: (resource, c) => resource.addPropertyOverride(leafOf(c), c.words.weak),
    becomes: c => c.around(c.words.only(c.words.required)),
    ways: ['generic CfnResource'],
    suits: isObject,
  },
  {
    ...overridden('an override of all properties', () => undefined),
    then: (resource, c) => resource.addOverride('Properties', c.around(c.words.say(c.words.weak))),
  },
  {
    ...overridden('a frozen override of all properties', () => undefined),
    then: (resource, c) => resource.addOverride('Properties', deepFreeze(c.around(c.words.say(c.words.weak)))),
  },
  {
    ...overridden('a Lazy override of all properties', () => undefined),
    then: (resource, c) => resource.addOverride('Properties', Lazy.any({ produce: () => c.around(c.words.say(c.words.weak)) })),
  },
];

/** Forms of input in which an override deletes something, which stays deleted. */
export const DELETION_FORMS: readonly Form[] = [
  {
    ...overridden('the value deleted', () => undefined),
    then: (resource, c) => resource.addPropertyDeletionOverride(leafOf(c)),
    becomes: c => c.around(isBranchwise(c) ? whereSilent(c) : whereUnset(c)),
    changes: c => !c.inherits,
    suits: c => !Array.isArray(c.words.empty),
  },
  {
    ...overridden('the block deleted', () => undefined),
    then: (resource, c) => resource.addPropertyDeletionOverride(c.place),
    becomes: c => c.around(whereUnset(c)),
    changes: c => !c.inherits,
  },
  {
    ...overridden('the block deleted, and a setting of it written again', () => undefined),
    then: (resource, c) => {
      resource.addPropertyDeletionOverride(c.place);
      resource.addPropertyOverride(c.place, { Other: 'value' });
    },
    becomes: c => c.around({ ...c.words.say(c.words.required) as object, Other: 'value' }),
    changes: () => false,
    suits: isObject,
  },
  {
    ...overridden('what holds the block deleted', () => undefined),
    then: (resource, c) => resource.addPropertyDeletionOverride(c.ancestor!),
    becomes: c => ({ ...omit(c.around(), c.ancestor!), ...whereBare(c) }),
    changes: c => !staysBare(c),
    lacksAncestor: true,
    suits: c => c.ancestor !== undefined,
  },
  {
    ...overridden('all properties deleted', () => undefined),
    then: resource => resource.addDeletionOverride('Properties'),
    becomes: c => staysBare(c) ? undefined : whereBare(c),
    changes: c => !staysBare(c),
    lacksAncestor: true,
  },
  {
    ...overridden('a weak block deleted', () => undefined),
    given: c => c.around(c.words.say(c.words.weak)),
    then: (resource, c) => resource.addPropertyDeletionOverride(c.place),
    becomes: c => c.around(whereUnset(c)),
    changes: c => !c.inherits,
  },
];
