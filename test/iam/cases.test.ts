import { unknownKeys } from './authorization-data';
import type { Case } from './cases/table';
import { CASES, FACTORIES, requestOf, statementsOf } from './cases/table';
import { evaluate } from './evaluator/evaluator';

const EVERY_CASE = CASES.flatMap(([, cases]) => cases);

/** A case as a sentence. */
function sentence({ factory, arguments: given, denied, when }: Case): string {
  const call = `${factory}(${given.map(value => JSON.stringify(value)).join(', ')})`;
  return denied.length > 0 ? `${call} denies ${when} (${denied.join(', ')})` : `${call} lets through ${when}`;
}

/** The used part of a statement's JSON. */
interface Conditioned {
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The conditions of a statement, as `operator key`. Global keys are exemptions, and are written as the key alone. */
function conditionKeys({ Condition = {} }: Conditioned): string[] {
  return Object.entries(Condition).flatMap(([operator, keys]) => Object.keys(keys).map(key => named(operator, key)));
}

function named(operator: string, key: string): string {
  return key.startsWith('aws:') ? key : `${operator} ${key}`;
}

/** The statements that would deny the request of a case without some of their conditions. */
async function deniedWithout(one: Case, dropped: (key: string) => boolean): Promise<readonly string[]> {
  const statements = (statementsOf(one) as Conditioned[]).map(statement => ({
    ...statement,
    Condition: Object.fromEntries(Object.entries(statement.Condition ?? {}).map(([operator, keys]) => [
      operator, Object.fromEntries(Object.entries(keys).filter(([key]) => !dropped(named(operator, key)))),
    ])),
  }));
  return evaluate(statements, await requestOf(one.request)).deniedBy;
}

describe.each(CASES)('%s', (_, cases) => {
  test.each(cases.map(one => [sentence(one), one] as const))('%s', async (__, one) => {
    const { decision, deniedBy } = evaluate(statementsOf(one), await requestOf(one.request));
    expect({ decision, deniedBy }).toEqual({ decision: one.denied.length > 0 ? 'denied' : 'not denied', deniedBy: one.denied });
  });
});

describe('the cases', () => {
  test('are more than four hundred different ones', () => {
    expect(EVERY_CASE.length).toBeGreaterThan(400);
    expect(EVERY_CASE.map(sentence).filter((one, index, all) => all.indexOf(one) !== index)).toEqual([]);
  });

  test.each(FACTORIES)('contain a case that %s denies, and one that it allows', factory => {
    const its = EVERY_CASE.filter(one => one.factory === factory);
    expect(its.some(({ denied }) => denied.length > 0)).toBe(true);
    expect(its.some(({ denied }) => denied.length === 0)).toBe(true);
  });

  test.each(FACTORIES)('contain a case that %s would deny without an exemption', async factory => {
    const passing = EVERY_CASE.filter(one => one.factory === factory && one.denied.length === 0);
    const denied = passing.map(async one => (await deniedWithout(one, key => key.startsWith('aws:'))).length > 0);
    expect(await Promise.all(denied)).toContain(true);
  });

  test.each(FACTORIES)('contain a case that %s would decide differently without each of its conditions', async factory => {
    const its = EVERY_CASE.filter(one => one.factory === factory);
    const keys = [...new Set(its.flatMap(statementsOf).flatMap(conditionKeys))].filter(key => !key.startsWith('aws:'));
    const idle = keys.map(async key => {
      const decided = its.map(async one => (await deniedWithout(one, other => other === key)).join() !== one.denied.join());
      return (await Promise.all(decided)).includes(true) ? [] : [key];
    });
    expect((await Promise.all(idle)).flat()).toEqual([]);
  });

  test.each(FACTORIES)('contain a case that each statement of %s denies', factory => {
    const its = EVERY_CASE.filter(one => one.factory === factory);
    const sids = its.flatMap(statementsOf).map(statement => (statement as { Sid: string }).Sid);
    expect([...new Set(its.flatMap(({ denied }) => denied))].sort()).toEqual([...new Set(sids)].sort());
  });

  test('use only existing factories', () => {
    expect(EVERY_CASE.map(({ factory }) => factory).filter(factory => !FACTORIES.includes(factory))).toEqual([]);
  });

  test('use keys only where AWS supports them', async () => {
    const misplaced = EVERY_CASE.map(async ({ when, request: { action, on, keys = {} } }) => {
      const found = Object.entries(on).map(([type, its]) => unknownKeys(action, type, Object.keys(its)));
      const unknown = (await Promise.all([...found, unknownKeys(action, undefined, Object.keys(keys))])).flat();
      return unknown.map(key => `${when}: ${action} has no ${key}`);
    });
    expect((await Promise.all(misplaced)).flat()).toEqual([]);
  });
});
