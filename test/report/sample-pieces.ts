import { RULES } from '../../src/policy/rules';
import type { RuleId } from '../../src/policy/rules';
import type { Totals } from '../../src/report/report';
import type { ReportedFinding } from '../../src/report/reported-finding';
import type { ReportedResource, ReportedValue } from '../../src/report/reported-resource';
import type { ReportedLauncherUsage, ReportedUsage, UsageTotals } from '../../src/report/reported-usage';

/** The default template of a piece. */
export const WEB = 'Web.template.json';
const TOKENS_KEY = 'Properties.MetadataOptions.HttpTokens';

/** A set value, and its place. */
export const set = (value: string | number | boolean, from: string, fromResource?: string): ReportedValue =>
  ({ kind: 'set', value, from, ...fromResource !== undefined && { fromResource } });
/** An unset setting. */
export const UNSET: ReportedValue = { kind: 'unset', from: 'decided by the account default of the Region or the AMI, which the app does not show' };

/** A resource with default values, and the differences. */
export function sampleResource(changed: Partial<ReportedResource> & Pick<ReportedResource, 'logicalId' | 'type'>): ReportedResource {
  const template = changed.template ?? WEB;
  return {
    id: `${template}#${changed.logicalId}`,
    template,
    line: 3,
    isLauncher: true,
    outcome: 'required',
    settings: {},
    launchesFrom: [],
    containers: [],
    exemptions: [],
    ...changed,
  };
}

/** A finding with the texts of its rule, and the differences. */
export function sampleFinding(rule: RuleId, changed: Partial<ReportedFinding> = {}): ReportedFinding {
  const { severity, fix, see } = RULES[rule];
  const isFailing = severity === 'error' && !changed.exemption;
  return { rule, severity, isFailing, location: TOKENS_KEY, message: `${RULES[rule].title}: it is not so`, fix, see, ...changed };
}

/** The usage of one launcher. */
export function sampleUsage(
  state: ReportedUsage['state'], because: string, changed: Partial<ReportedLauncherUsage> & Pick<ReportedLauncherUsage, 'kind' | 'name'>,
): ReportedUsage {
  const launcher = { account: '123456789012', region: 'eu-central-1', state, because, running: 0, calling: 0, callers: [], ...changed };
  return { state, mayRequire: state !== 'in use' && state !== 'unknown', because, launchers: [launcher], doubts: [] };
}

/** Counts of launchers, which are 0 by default. */
export function usageTotals(changed: Partial<UsageTotals>): UsageTotals {
  return { required: 0, ready: 0, inUse: 0, broken: 0, unknown: 0, mayTurnOver: 0, ...changed };
}

/** Counts, which are 0 by default. */
export function totals(changed: Partial<Totals>): Totals {
  return { resources: 0, required: 0, notRequired: 0, undecided: 0, exempt: 0, errors: 0, warnings: 0, ...changed };
}
