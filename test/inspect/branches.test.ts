import { CountedReads } from '../harness/counted-reads';
import type { Json } from '../harness/json';
import { CASES, DOORS } from './branches';

/**
 * How many times more work one more level can take: two for a walk over all branches, four if each branch is combined with each branch of another
 * place.
 */
const MOST = 3;
const LEVELS = 5;

describe.each(DOORS)('%s: one more level of conditions', (_, work) => {
  const reads = (resources: Json) => {
    const counted = new CountedReads();
    work(counted.of(resources));
    return counted.count;
  };

  test.each(CASES)('in %s, %s, causes twice as many reads', (_type, _name, write) => {
    expect(reads(write(LEVELS + 1))).toBeLessThan(MOST * reads(write(LEVELS)));
  });
});
