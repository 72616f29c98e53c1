import type { IConstruct } from 'constructs';
import type { Finding } from '../inspect/finding';
import type { CheckedPolicy } from '../policy/checked-policy';
import type { Exemptions } from '../policy/exemptions';
import type { ImdsPolicy } from '../policy/imds-policy';
import type { Severity } from '../policy/rule';
import type { RuleId } from '../policy/rules';
import { RULES } from '../policy/rules';
import type { CheckedFinding } from './checked-resource';

/** The construct of a finding, and its place in a template. */
type Whereabouts = Pick<CheckedFinding, 'construct' | 'template' | 'logicalId' | 'sdk'>;

/** The settings of a check. */
export interface RuleConfigurationProps {
  readonly exemptions: Exemptions;
  readonly policy: CheckedPolicy;
  /** The lowest severity that fails. Without it, nothing fails. */
  readonly failOn?: Severity;
  /** The rules that are switched off, with the reason for it. */
  readonly off: ReadonlyMap<RuleId, string>;
}

/** The rules of a check as the user configured them: which are off, which fail the synthesis, and the policy of each construct. */
export class RuleConfiguration {
  public constructor(private readonly props: RuleConfigurationProps) {}

  public get exemptions(): Exemptions {
    return this.props.exemptions;
  }

  public get off(): ReadonlyMap<RuleId, string> {
    return this.props.off;
  }

  /** The policy that a construct is checked by. */
  public policyOn(construct: IConstruct): ImdsPolicy {
    return this.props.policy.on(construct);
  }

  /** Whether a rule is not switched off. */
  public isOn(id: RuleId): boolean {
    return !this.props.off.has(id);
  }

  /** Judges findings. Those of a rule that is off are left out. */
  public judged(findings: readonly Finding[], reportedOn: IConstruct, where: Whereabouts): readonly CheckedFinding[] {
    const judged: CheckedFinding[] = [];
    for (const finding of findings) {
      if (this.isOn(finding.rule)) { judged.push(this.judge(finding, reportedOn, where)); }
    }
    return judged;
  }

  /** Judges a finding of a rule that is on. */
  public judge(
    { rule, resource, path, got, want, because }: Finding, reportedOn: IConstruct, { construct, template, logicalId, sdk }: Whereabouts,
    mayBeExempt = true,
  ): CheckedFinding {
    const exemption = mayBeExempt ? this.exemptions.covering(reportedOn, rule) : undefined;
    return { rule, resource, path, got, want, because, construct, template, logicalId, sdk, reportedOn, fails: this.fails(rule), exemption };
  }

  /** Whether a finding fails the synthesis. */
  public fails(id: RuleId): boolean {
    return failsAt(this.props.failOn, id);
  }
}

/** Whether a violation of a rule fails the synthesis, if violations of the given severity and above fail. */
export function failsAt(least: Severity | undefined, id: RuleId): boolean {
  return least === 'warning' || least === RULES[id].severity;
}
