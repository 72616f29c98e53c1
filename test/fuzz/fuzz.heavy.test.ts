import { fuzz } from './fuzzing';
import { KINDS } from './kinds';

const RUNS = 10;

// `npm run fuzz` tries thousands. Here a few plans of each kind are tried, so that the fuzzer itself works.
test.each(KINDS.map(kind => [kind.name, kind] as const))('every law holds for some plans: %s', (_, kind) => {
  expect(fuzz(kind, 20240501, RUNS)).toEqual([]);
});
