import type { LaunchResource } from '../launch/world';
import type { ImdsPolicy } from '../policy/imds-policy';
import { brokenByOptions, brokenByTags } from './broken-launches';
import type { Finding } from './finding';
import { fixedHopLimitFindings, hopLimitFindings } from './hop-limit-findings';
import { Judged } from './judged';
import type { LaunchAnalysis } from './launch-analysis';
import { gapFindings, ignoredFindings, optionFindings, unsetFindings } from './options';
import type { QuickVerdict } from './quick-verdict';
import { quickVerdictOf } from './quick-verdict';
import { releaseFindings } from './releases';
import { userDataCalls } from './user-data-calls';

/** Finds violations of a rule, or of several related rules, in a resource. */
export type RuleCheck = (judged: Judged) => readonly Finding[];

const sourceFindings: RuleCheck = ({ resource, analysis }) => analysis.launches.sourceFindings(resource);

const versionFindings: RuleCheck = ({ resource, analysis }) => analysis.launches.versionFindings(resource);

/** The checks of metadata options. They find nothing in a resource whose quick verdict is `compliant`, so they do not run then. */
export const OPTION_CHECKS: readonly RuleCheck[] = [
  gapFindings,
  ignoredFindings,
  optionFindings,
  releaseFindings,
  fixedHopLimitFindings,
  hopLimitFindings,
  sourceFindings,
  versionFindings,
  brokenByOptions,
  brokenByTags,
];

/** The checks that find the same as those if the quick verdict is `unset`. */
export const UNSET_CHECKS: readonly RuleCheck[] = [unsetFindings, sourceFindings, versionFindings];

/**
 * The checks that run on each resource. There are no checks besides these and the others above, and their order is that of the findings:
 * enforcement, validator and pack call `judge()`, and so run all of them.
 */
export const UNCONDITIONAL_CHECKS: readonly RuleCheck[] = [userDataCalls];

/** The unconditional checks that find nothing if the scripts of a resource certainly do not call the metadata service. */
const SCRIPT_CHECKS: readonly RuleCheck[] = [userDataCalls];

/** Whether a resource with compliant options and scripts without calls needs no other check. */
export function hasOnlyScriptChecks(): boolean {
  return UNCONDITIONAL_CHECKS.every(check => SCRIPT_CHECKS.includes(check));
}

const NONE: readonly Finding[] = [];

/**
 * All findings on a resource. It never throws: an error is a finding, too.
 *
 * @param known the quick verdict, if it is known already
 */
export function judge(resource: LaunchResource, analysis: LaunchAnalysis, policy: ImdsPolicy, known?: QuickVerdict): readonly Finding[] {
  try {
    const { record } = resource;
    if (!record) { return NONE; }
    const judged = new Judged(resource, record, analysis, policy);
    const verdict = known ?? quickVerdictOf(resource, analysis, policy);
    const found = verdict === 'compliant' ? NONE : foundBy(verdict === 'unset' ? UNSET_CHECKS : OPTION_CHECKS, judged);
    const more = foundBy(UNCONDITIONAL_CHECKS, judged);
    if (found.length + more.length === 0) { return NONE; }
    // Nothing is found where CDK cannot render the resource: it says so itself.
    return resource.isRenderable() ? [...found, ...more].map(finding => ({ ...finding, resource: resource.path })) : NONE;
  } catch (error) {
    const cause = { kind: 'error' as const, subject: resource.type, error: error instanceof Error ? error.message : String(error) };
    return [{ rule: 'Imdsv2::OptionsUnreadable', resource: resource.path, path: '', because: [cause] }];
  }
}

function foundBy(checks: readonly RuleCheck[], judged: Judged): readonly Finding[] {
  let found = NONE;
  for (let index = 0; index < checks.length; index++) {
    const findings = checks[index](judged);
    if (findings.length > 0) { found = found.length === 0 ? findings : [...found, ...findings]; }
  }
  return found;
}
