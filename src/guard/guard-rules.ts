import { HOP_LIMIT, oneOf } from '../model/kinds';
import type { Shape } from '../model/props';
import { checked } from '../model/props';
import { HopLimits } from '../policy/hop-limits';
import type { Severity } from '../policy/rule';
import { RECORDS } from '../resources/all-records';
import { configFile } from './config-file';
import { templateFile } from './rule-files';
import { templateRules } from './template-rules';

/** The input of Guard rules. */
export enum GuardTarget {
  /**
   * CloudFormation templates: `cfn-guard` in a pipeline, Guard hooks, CDK's `CloudFormationValidatePlugin`.
   *
   * Guard hooks get resources in the shape of templates, too. A deletion passes.
   */
  TEMPLATE = 'template',
  /** Configuration items: custom policy rules of AWS Config, for the types whose metadata options it records. */
  CONFIGURATION_ITEM = 'configuration item',
}

/** Which rules of this library become Guard rules. Guard has no warnings: every finding is a failure. */
export enum GuardSeverity {
  /** Errors: IMDSv1 is allowed, or a deployment or a launch fails. */
  ERROR = 'error',
  /** Warnings: high hop limits, and types that launch instances and cannot require tokens. */
  WARNING = 'warning',
  /** Both. */
  ALL = 'all',
}

/** The input and the requirements of Guard rules. */
export interface GuardRulesProps {
  /**
   * The input of the rules.
   *
   * @default GuardTarget.TEMPLATE
   */
  readonly target?: GuardTarget;

  /**
   * Which rules of this library become Guard rules.
   *
   * @default GuardSeverity.ERROR
   */
  readonly severity?: GuardSeverity;

  /**
   * The highest hop limit that is accepted, 1-64. It is among the warnings.
   *
   * @default 2
   */
  readonly maxHopLimit?: number;
}

/**
 * The rules of this library for AWS CloudFormation Guard, for pipelines without CDK.
 *
 * The package also contains them as files: `guard/imdsv2.guard`, `guard/imdsv2-warnings.guard` and `guard/imdsv2-config.guard`.
 *
 * In a CDK app, `Imdsv2.check()` finds more and has better messages. CDK's own plugin shows the findings of Guard rules as warnings, unless the
 * context `@aws-cdk/core:validateAgainstDefaultRules` is true. It does not show their texts, and skips nested stacks.
 *
 * @example
 * import { CloudFormationValidatePlugin } from 'aws-cdk-lib';
 * import { GuardRules } from 'cdk-imdsv2';
 *
 * new CloudFormationValidatePlugin({ guardRules: [{ name: 'imdsv2', content: GuardRules.render() }] });
 *
 * @see https://docs.aws.amazon.com/cfn-guard/latest/ug/what-is-guard.html
 */
export class GuardRules {
  /**
   * Writes the rules.
   *
   * @param props the input of the rules, and their requirements
   * @returns the text of a file of rules
   * @throws Error if EC2 does not accept the highest hop limit, or the target or the severity does not exist
   */
  public static render(props: GuardRulesProps = {}): string {
    const { target = GuardTarget.TEMPLATE, severity = GuardSeverity.ERROR, maxHopLimit = HopLimits.DEFAULT_MAX } = checked(props, RENDERING);
    return target === GuardTarget.TEMPLATE ? templateFile(SEVERITIES[severity], maxHopLimit) : configFile(SEVERITIES[severity], maxHopLimit);
  }

  private constructor() {}
}

/** The types that have rules for templates. */
export function ruledTypes(severity: GuardSeverity): readonly string[] {
  return [...new Set(templateRules(RECORDS, SEVERITIES[severity], HopLimits.DEFAULT_MAX).map(({ type }) => type))];
}

/** The rules for the configuration items of one type, as the text of a custom policy rule. */
export function policyRuleText(type: string, severity: GuardSeverity, maxHopLimit: number): string {
  return configFile(SEVERITIES[severity], maxHopLimit, type);
}

const SEVERITIES: { readonly [severity in GuardSeverity]: readonly Severity[] } = {
  [GuardSeverity.ERROR]: ['error'],
  [GuardSeverity.WARNING]: ['warning'],
  [GuardSeverity.ALL]: ['error', 'warning'],
};

const RENDERING: Shape<GuardRulesProps> = { target: oneOf(GuardTarget), severity: oneOf(GuardSeverity), maxHopLimit: HOP_LIMIT };
