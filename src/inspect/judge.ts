import type { LaunchResource } from '../launch/world';
import type { ImdsPolicy } from '../policy/imds-policy';
import { brokenByOptions, brokenByTags } from './broken-launches';
import type { Finding } from './finding';
import { fixedHopLimitFindings, hopLimitFindings } from './hop-limit-findings';
import { Judged } from './judged';
import type { LaunchAnalysis } from './launch-analysis';
import { gapFindings, ignoredFindings, optionFindings, silenceFindings } from './options';
import type { Plainly } from './plainly';
import { plainlyOf } from './plainly';
import { releaseFindings } from './releases';
import { userDataCalls } from './user-data-calls';

/** Looks at a resource for what breaks a rule, or several that belong together. */
export type Check = (judged: Judged) => readonly Finding[];

const sourceFindings: Check = ({ resource, analysis }) => analysis.launches.sourceFindings(resource);

const versionFindings: Check = ({ resource, analysis }) => analysis.launches.versionFindings(resource);

/** The checks that find nothing in what is plainly fine: they are spared then. */
export const SPARED: readonly Check[] = [
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

/** The checks that find the same as those in what plainly says nothing. */
export const OF_SILENCE: readonly Check[] = [silenceFindings, sourceFindings, versionFindings];

/**
 * The checks that are asked of everything. These and the ones that may be spared are all that is looked at, in the order in which findings are told:
 * enforcement, validator and pack ask `judge()`, and so all of them.
 */
export const NEVER_SPARED: readonly Check[] = [userDataCalls];

/** Those of them that find nothing in a resource whose scripts certainly call nothing. */
const OF_SCRIPTS: readonly Check[] = [userDataCalls];

/** Whether a resource needs no check, if its options are fine and its scripts certainly call nothing. If there is another check, each resource needs it. */
export function areScriptsAllElse(): boolean {
  return NEVER_SPARED.every(check => OF_SCRIPTS.includes(check));
}

const NONE: readonly Finding[] = [];

/**
 * Everything that is wrong with a resource as it stands; whatever stands there, it is a finding and no exception.
 *
 * @param known what is plain of it, where that is known already
 */
export function judge(resource: LaunchResource, analysis: LaunchAnalysis, policy: ImdsPolicy, known?: Plainly): readonly Finding[] {
  try {
    const { record } = resource;
    if (!record) { return NONE; }
    const judged = new Judged(resource, record, analysis, policy);
    const plainly = known ?? plainlyOf(resource, analysis, policy);
    const found = plainly === 'fine' ? NONE : foundBy(plainly === 'silent' ? OF_SILENCE : SPARED, judged);
    const more = foundBy(NEVER_SPARED, judged);
    if (found.length + more.length === 0) { return NONE; }
    // Nothing is found where CDK cannot render the resource: it says so itself.
    return resource.isRenderable() ? [...found, ...more].map(finding => ({ ...finding, resource: resource.path })) : NONE;
  } catch (error) {
    const cause = { kind: 'error' as const, subject: resource.type, error: error instanceof Error ? error.message : String(error) };
    return [{ rule: 'Imdsv2::OptionsUnreadable', resource: resource.path, path: '', because: [cause] }];
  }
}

function foundBy(checks: readonly Check[], judged: Judged): readonly Finding[] {
  let found = NONE;
  for (let index = 0; index < checks.length; index++) {
    const findings = checks[index](judged);
    if (findings.length > 0) { found = found.length === 0 ? findings : [...found, ...findings]; }
  }
  return found;
}
