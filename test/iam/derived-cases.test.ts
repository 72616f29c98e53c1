import { derivedFrom } from './cases/derived';
import { CASES, FACTORIES, requestOf, statementsOf } from './cases/table';
import { evaluate } from './evaluator/evaluator';

const EVERY_CASE = CASES.flatMap(([, cases]) => cases);

describe.each(FACTORIES)('the requests that %s denies', factory => {
  const its = derivedFrom(EVERY_CASE.filter(one => one.factory === factory));

  test('are denied in every partition, Region and account, except for exempt principals', async () => {
    const wrong = its.map(async one => {
      const { deniedBy } = evaluate(statementsOf(one), await requestOf(one.request));
      return deniedBy.join() === one.denied.join() ? [] : [{ when: one.when, expected: one.denied, got: deniedBy }];
    });
    expect(its.length).toBeGreaterThan(15);
    expect((await Promise.all(wrong)).flat()).toEqual([]);
  });
});
