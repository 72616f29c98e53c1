import { derivedFrom } from './cases/derived';
import { CASES, FACTORIES } from './cases/table';
import { EQUIVALENT } from './mutants/equivalent';
import type { Outcome } from './mutants/survivors';
import { outcomeOf } from './mutants/survivors';

const EVERY_CASE = CASES.flatMap(([, cases]) => cases);

/** Whether no request can distinguish the mutant from its statement. */
function isEquivalent(name: string): boolean {
  return EQUIVALENT.some(one => isMutant(name, one));
}

function isMutant(name: string, { sid, mutant }: { readonly sid: string; readonly mutant: string }): boolean {
  return sid === '*' ? name.endsWith(`: ${mutant}`) : name === `${sid}: ${mutant}`;
}

describe('every removed or changed action, resource, operator, key and value', () => {
  const outcomes = new Map<string, Outcome>();

  beforeAll(async () => {
    for (const factory of FACTORIES) {
      const its = EVERY_CASE.filter(one => one.factory === factory);
      outcomes.set(factory, await outcomeOf([...its, ...derivedFrom(its)]));
    }
  }, 120_000);

  test.each(FACTORIES)('in %s is detected by a case, or is known to be equivalent', factory => {
    const { all, survivors } = outcomes.get(factory)!;
    expect(all.size).toBeGreaterThan(20);
    expect([...survivors].sort()).toEqual([...all].filter(isEquivalent).sort());
  });

  test('is one of more than a thousand mutants', () => {
    expect([...outcomes.values()].reduce((sum, { all }) => sum + all.size, 0)).toBeGreaterThan(1_000);
  });

  test('is known to be equivalent only if it exists', () => {
    const names = [...outcomes.values()].flatMap(({ all }) => [...all]);
    expect(EQUIVALENT.filter(one => !names.some(name => isMutant(name, one)))).toEqual([]);
  });
});

describe('a mutant survives', () => {
  test.each<[string, (when: string) => boolean]>([
    ['lambda:PutFunctionConcurrency', when => when.includes('is allowed no execution at a time')],
    ['iam:PassRole', when => when.includes('is passed to a service')],
  ])('if no case has the action %s', async (action, isLeftOut) => {
    const its = EVERY_CASE.filter(({ factory, when }) => factory === 'denyUndoingGuardrails' && !isLeftOut(when));
    const { survivors } = await outcomeOf(its);
    expect(survivors.filter(name => name.endsWith(`: without ${action}`))).toHaveLength(1);
  }, 60_000);
});
