import { RULES } from '../policy/rules';
import type { Totals } from './report';
import type { ReportedFinding } from './reported-finding';
import type { Outcome, ReportedResource } from './reported-resource';
import { usageTotalsOf } from './usage';

/** The totals of resources and of their findings. */
export function totalsOf(resources: readonly ReportedResource[], findings: readonly ReportedFinding[]): Totals {
  const ends = (outcome: Outcome) => resources.filter(resource => resource.outcome === outcome).length;
  const inForce = findings.filter(({ exemption }) => !exemption);
  return {
    resources: resources.length,
    required: ends('required'),
    notRequired: ends('not required'),
    undecided: ends('undecided'),
    exempt: resources.filter(({ outcome, exemptions }) => outcome !== 'required' && exemptions.some(({ rule }) => RULES[rule].isAboutTokens)).length,
    errors: inForce.filter(({ severity }) => severity === 'error').length,
    warnings: inForce.filter(({ severity }) => severity === 'warning').length,
    usage: usageTotalsOf(resources),
  };
}
