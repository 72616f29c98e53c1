import { expectLinear } from '../harness/growth';
import { CASES, DOORS } from './branches';

const MANY_LEVELS = 8;

describe.each(DOORS)('%s: one more level of conditions', (_, work) => {
  test.each(CASES)('in %s, %s, takes twice as long', (_type, _name, write) => {
    expectLinear(size => work(write(Math.log2(size))), 8 * 2 ** MANY_LEVELS);
  });
});
