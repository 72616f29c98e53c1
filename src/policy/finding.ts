import type { RuleId } from './rules';
import { RULES } from './rules';

/** A rule that is broken somewhere. */
export interface Finding {
  readonly id: RuleId;
  /** The CloudFormation path below `Properties`, as far as it is known. */
  readonly path: string;
  readonly message: string;
}

/** What a finding says to the user: what is wrong and where, what to do, where to read on. */
export function explain(finding: Finding): string {
  const { fix, see } = RULES[finding.id];
  return `${finding.message}; ${fix} (${see})`;
}
