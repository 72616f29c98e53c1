import { parseArgs } from 'util';
import { check } from './checking';
import { compare } from './comparison';
import { compile } from './compile';
import { follow } from './following';
import { mix } from './mixing';
import { scale } from './scaling';
import { scan } from './scanning';
import { start } from './starting';
import type { Workload } from './workload';

const USAGE = `npm run bench [-- options]: what requiring IMDSv2 costs at synthesis, in time on the processor
  --quick    1,000 instances and launch templates only
  --scaling  whether ours stays linear, instead of the comparison
  --follow   what it costs that each instance follows a launch template of its own, instead of the comparison
  --checks   the validator and the cdk-nag pack beside the rule of cdk-nag, instead of the comparison
  --mixins   .with() on launch templates, one after the other, instead of the comparison
  --process  a small app as a process with the one line and without, loading included, instead of the comparison; it needs the compiled library
  --scan     what it costs to look through scripts for calls of IMDSv1, instead of the comparison
  --check    fail where ours costs more than aws-cdk-lib's aspects, or is not linear`;

const SIZES = [1_000, 5_000];

/** The workloads. The aspects of aws-cdk-lib support only L2s, so there is no comparison for L1s. */
const KINDS: readonly Pick<Workload, 'level' | 'percent'>[] = [
  { level: 'L2', percent: 100 },
  { level: 'L2', percent: 10 },
  { level: 'L1', percent: 100 },
  { level: 'cdk init', percent: 100 },
];

function main(): void {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      scaling: { type: 'boolean', default: false },
      follow: { type: 'boolean', default: false },
      checks: { type: 'boolean', default: false },
      mixins: { type: 'boolean', default: false },
      process: { type: 'boolean', default: false },
      scan: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const complaints = complaintsOf(values, values.quick ? SIZES.slice(0, 1) : SIZES);
  for (const complaint of complaints) { console.error(complaint); }
  if (values.check && complaints.length > 0) { process.exitCode = 1; }
}

function complaintsOf(asked: { readonly [mode in 'scaling' | 'follow' | 'checks' | 'mixins' | 'process' | 'scan']: boolean }, sizes: readonly number[]): string[] {
  if (asked.process) { return start(); }
  if (asked.scan) { return scan(); }
  if (asked.mixins) { return mix(); }
  const compiled = compile();
  if (asked.scaling) { return scale(compiled); }
  if (asked.follow) { return follow(compiled); }
  if (asked.checks) { return check(compiled); }
  return KINDS.flatMap(kind => sizes.flatMap(relevant => compare(compiled, { ...kind, relevant })));
}

main();
