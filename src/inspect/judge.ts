import type { LaunchResource } from '../launch/world';
import type { ImdsPolicy } from '../policy/imds-policy';
import { recordOf } from '../resources/record-table';
import { readBlocks } from './blocks';
import { brokenLaunches } from './broken-launches';
import type { Finding } from './finding';
import { hopLimitFindings } from './hop-limits';
import type { Judged } from './judged';
import type { LaunchAnalysis } from './launch-analysis';
import { gapFindings, optionFindings } from './options';
import { isPlainlyFine } from './plainly-fine';

/** Looks at a resource for what breaks a rule, or several that belong together. */
export interface Check {
  find(judged: Judged): readonly Finding[];
  /** Whether it finds nothing in what is plainly fine, so that it need not look there. */
  readonly passesPlainlyFine?: boolean;
}

/** Everything that is looked at, in the order in which findings are told. Enforcement, validator and pack ask `judge()`, and so all of these. */
export const CHECKS: readonly Check[] = [
  { find: gapFindings, passesPlainlyFine: true },
  { find: optionFindings, passesPlainlyFine: true },
  { find: hopLimitFindings, passesPlainlyFine: true },
  { find: ({ resource, analysis }) => analysis.launches.sourceFindings(resource), passesPlainlyFine: true },
  { find: brokenLaunches, passesPlainlyFine: true },
];

/**
 * Everything that is wrong with a resource as it stands; whatever stands there, it is a finding and no exception.
 *
 * @param isFine whether it is plainly fine, where that is known already
 */
export function judge(resource: LaunchResource, analysis: LaunchAnalysis, policy: ImdsPolicy, isFine?: boolean): readonly Finding[] {
  const found = findingsOn(resource, analysis, policy, isFine);
  return found.length === 0 ? found : found.map(finding => ({ ...finding, resource: resource.path }));
}

/** Nothing is found where CDK cannot render the resource: it says so itself. */
function findingsOn(resource: LaunchResource, analysis: LaunchAnalysis, policy: ImdsPolicy, isFine?: boolean): readonly Finding[] {
  try {
    const record = recordOf(resource.type);
    if (!record) { return []; }
    const checks = isFine ?? isPlainlyFine(resource, analysis, policy) ? CHECKS.filter(({ passesPlainlyFine }) => !passesPlainlyFine) : CHECKS;
    if (checks.length === 0) { return []; }
    const judged: Judged = { resource, record, blocks: resource.reading.of(readBlocks), analysis, policy };
    const found = checks.flatMap(check => check.find(judged));
    return found.length > 0 && !resource.isRenderable() ? [] : found;
  } catch (error) {
    const cause = { kind: 'error' as const, subject: resource.type, error: error instanceof Error ? error.message : String(error) };
    return [{ rule: 'Imdsv2::OptionsUnreadable', path: '', because: [cause] }];
  }
}
