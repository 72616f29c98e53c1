import { CountedReads } from '../harness/counted-reads';
import type { Json } from '../harness/json';
import { CASES, DOORS } from './branches';

/** What a level more may multiply the work by: two in a walk over all branches, four where each meets each of another place. */
const MOST = 3;
const LEVELS = 5;

describe.each(DOORS)('%s: a level more of conditions', (_, work) => {
  const reads = (resources: Json) => {
    const counted = new CountedReads();
    work(counted.of(resources));
    return counted.count;
  };

  test.each(CASES)('in %s, %s, is twice as much to read', (_type, _name, write) => {
    expect(reads(write(LEVELS + 1))).toBeLessThan(MOST * reads(write(LEVELS)));
  });
});
