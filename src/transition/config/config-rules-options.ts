import { HOP_LIMIT, listOf } from '../../model/kinds';
import type { Shape } from '../../model/props';
import { describeValue } from '../../model/setting';
import { HopLimits } from '../../policy/hop-limits';
import { CONFIG_RULE, ImdsConfigRule } from './imds-config-rule';

/** The AWS Config rules and their requirements, for an account, an organization or a conformance pack. */
export interface ImdsConfigRulesOptions {
  /**
   * The rules. If AWS does not have its rule in a Region, the rule in `standIn` replaces it. If you name both, each Region gets only one of them.
   *
   * @default - tokens and hop limits of all four types that AWS Config records with their metadata options, with a managed rule of AWS if there is
   *   one for the hop limit
   */
  readonly rules?: ImdsConfigRule[];

  /**
   * The highest hop limit that is compliant, 1-64, for all hosts, because a rule cannot recognize container hosts.
   *
   * With 1, every container host is noncompliant, also after an `ImdsRepair`, which sets 2. A limit above 2 is never lowered.
   *
   * @default 2
   */
  readonly tokenHopLimit?: number;
}

/** The accepted values of the options. */
export const CONFIG_RULES_OPTIONS: Shape<ImdsConfigRulesOptions> = { rules: listOf(CONFIG_RULE), tokenHopLimit: HOP_LIMIT };

/** @throws Error if there are no rules, or one is repeated */
export function chosenRules({ rules, tokenHopLimit }: ImdsConfigRulesOptions): readonly ImdsConfigRule[] {
  if (rules === undefined) { return defaultRules(hopLimitOf({ tokenHopLimit })); }
  if (rules.length === 0) { throw new Error('rules must have a rule, got []: leave it out for all that are of use'); }
  const twice = rules.find((rule, index) => rules.indexOf(rule) !== index);
  if (twice) { throw new Error(`rules must not have a rule twice, got ${describeValue(twice.name)}`); }
  // A Region with the managed rule does not need its substitute. Both would report the same resource.
  return rules.filter(rule => !rules.some(({ standIn }) => standIn === rule));
}

/** The highest hop limit that is compliant. */
export function hopLimitOf({ tokenHopLimit = HopLimits.DEFAULT_MAX }: ImdsConfigRulesOptions): number {
  return tokenHopLimit;
}

function defaultRules(hopLimit: number): readonly ImdsConfigRule[] {
  return [
    ImdsConfigRule.EC2_IMDSV2_CHECK,
    ImdsConfigRule.EC2_LAUNCH_TEMPLATE_IMDSV2_CHECK,
    ImdsConfigRule.AUTOSCALING_LAUNCHCONFIG_REQUIRES_IMDSV2,
    ImdsConfigRule.IMAGE_BUILDER_TOKENS,
    ImdsConfigRule.EC2_TOKEN_HOP_LIMIT_CHECK,
    ImdsConfigRule.LAUNCH_TEMPLATE_HOP_LIMIT,
    hopLimit === 1 ? ImdsConfigRule.AUTOSCALING_LAUNCH_CONFIG_HOP_LIMIT : ImdsConfigRule.LAUNCH_CONFIGURATION_HOP_LIMIT,
    ImdsConfigRule.IMAGE_BUILDER_HOP_LIMIT,
  ];
}
