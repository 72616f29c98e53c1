import type { IConstruct } from 'constructs';
import type { CheckedPolicy } from '../policy/checked-policy';
import type { Exemptions } from '../policy/exemptions';
import type { ImdsPolicy } from '../policy/imds-policy';
import type { RequirementId, Severity } from '../policy/requirements';
import { REQUIREMENTS } from '../policy/requirements';

/** What a check goes by. */
export interface RuleSettings {
  readonly exemptions: Exemptions;
  readonly policy: CheckedPolicy;
  /** The least severity that fails; nothing fails where it is not given. */
  readonly failOn?: Severity;
  /** The rules that are switched off, with the reason for it. */
  readonly off: ReadonlyMap<RequirementId, string>;
}

/** Which rules there are, which of them fail, and what they ask for where. */
export class Rules {
  public constructor(private readonly settings: RuleSettings) {}

  public get exemptions(): Exemptions {
    return this.settings.exemptions;
  }

  public get off(): ReadonlyMap<RequirementId, string> {
    return this.settings.off;
  }

  /** What a construct is held against. */
  public policyOn(construct: IConstruct): ImdsPolicy {
    return this.settings.policy.on(construct);
  }

  /** Whether a rule is not switched off. */
  public isOn(id: RequirementId): boolean {
    return !this.settings.off.has(id);
  }

  /** Whether a finding fails the synthesis. */
  public fails(id: RequirementId): boolean {
    const { failOn } = this.settings;
    return failOn === 'warning' || failOn === REQUIREMENTS[id].severity;
  }
}
