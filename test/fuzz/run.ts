/**
 * Builds random apps and templates, and tests the library's laws: `npm run fuzz -- --seed 7 --count 2000`.
 */
import { parseArgs } from 'util';
import type { Counterexample } from './fuzzing';
import { fuzz } from './fuzzing';
import { KINDS } from './kinds';

const USAGE = `npm run fuzz [-- options]: random apps and templates, and the laws that hold of them
  --seed N      where to begin; the same seed tries the same ones (by default a random one, which is printed)
  --count N     how many (by default 2000)
  --kind NAME   only those of one kind: ${KINDS.map(({ name }) => name).join(', ')}`;

function main(): void {
  const { values } = parseArgs({ options: { seed: { type: 'string' }, count: { type: 'string' }, kind: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
  const count = Number(values.count ?? 2000);
  const kinds = KINDS.filter(({ name }) => values.kind === undefined || name === values.kind);
  if (!Number.isInteger(seed) || !Number.isInteger(count) || kinds.length === 0) { throw new Error(USAGE); }
  console.log(`seed ${seed}, ${count} plans`);
  console.error = () => undefined; // CDK prints what is found in each app
  const share = Math.ceil(count / kinds.length);
  const found = kinds.flatMap(kind => {
    const start = Date.now();
    const counterexamples = fuzz(kind, seed, share, print);
    console.log(`${kind.name}: ${share} plans, ${counterexamples.length} counterexamples, ${Math.round((Date.now() - start) / 1000)} s`);
    return counterexamples;
  });
  process.exitCode = found.length > 0 ? 1 : 0;
}

function print({ kind, law, again, plan, message }: Counterexample): void {
  console.log(`\n${kind}: it does not hold that ${law}\nagain: npm run fuzz -- ${again}\n${JSON.stringify(plan)}\n${message}`);
}

main();
