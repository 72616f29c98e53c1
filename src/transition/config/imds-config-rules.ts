import { Stack } from 'aws-cdk-lib';
import type { CfnConfigRule, IRule } from 'aws-cdk-lib/aws-config';
import { CfnRemediationConfiguration, CustomPolicy, ManagedRule, ResourceType, RuleScope } from 'aws-cdk-lib/aws-config';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { TEXT, checkPlace, checkValue, required } from '../../model/kinds';
import type { Shape } from '../../model/props';
import { checked } from '../../model/props';
import { CONFIG_RULES_OPTIONS } from './config-rules-options';
import type { ImdsConfigRulesOptions } from './config-rules-options';
import { CONFIG_RULE, ImdsConfigRule } from './imds-config-rule';
import { ImdsConformancePackTemplate } from './imds-conformance-pack-template';
import type { ImdsConformancePackTemplateProps } from './imds-conformance-pack-template';
import type { ImdsRemediation } from './imds-remediation';
import { REMEDIATION_KIND } from './imds-remediation';
import { plannedRules } from './planned-rules';
import type { PlannedRule } from './planned-rules';
import { checkRemediable, remediationRole, warnOfRemediation } from './remediated';
import { checkRuleNamePrefix } from './rule-name-prefix';
import { RegionConditions, reportSubstitutes } from './rule-regions';

/** The AWS Config rules of an account, and their remediation. */
export interface ImdsConfigRulesProps extends ImdsConfigRulesOptions {
  /**
   * How to remediate an instance that `EC2_IMDSV2_CHECK` finds. The findings of the other rules are not remediated.
   *
   * @default - no remediation: the rules only report
   */
  readonly remediation?: ImdsRemediation;

  /**
   * A prefix for the names of the rules, at most 88 characters. The name of the rule follows, such as `ec2-imdsv2-check`. A name can exist once
   * in an account and Region.
   *
   * @default - CloudFormation generates the names
   */
  readonly ruleNamePrefix?: string;
}

/**
 * AWS Config rules that find resources in an account and Region that do not require IMDSv2: managed rules of AWS, and Guard rules if AWS has none.
 *
 * The rules only report. With a `remediation`, AWS Config also requires IMDSv2 on instances: when you start it, or automatically with
 * `automatic`.
 *
 * AWS Config must be set up in the account and Region: without a recorder, the deployment fails, and the rules do not see types that it does not
 * record. AWS Config charges for each evaluation.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config.html
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { ImdsConfigRules, ImdsRemediation } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Compliance');
 * new ImdsConfigRules(stack, 'Rules', { remediation: ImdsRemediation.bySupportRunbook() });
 */
export class ImdsConfigRules extends Construct {
  /**
   * The same rules as the template of a conformance pack, for your own deployment of packs.
   *
   * @param props the rules and the remediation
   * @throws Error if a property is not valid, or the template gets too long
   */
  public static conformancePack(props: ImdsConformancePackTemplateProps = {}): ImdsConformancePackTemplate {
    return ImdsConformancePackTemplate._of(props);
  }

  /** The rules. If the Region of the stack is unknown, some of them exist only in some Regions. */
  public readonly rules: IRule[];

  private remediatedBy?: IRole;
  private readonly byRule: ReadonlyMap<ImdsConfigRule, IRule>;

  /**
   * @param scope the construct that it belongs to
   * @param id its id in the scope
   * @param props the rules, their names and the remediation
   * @throws Error if a property is not valid, a rule is repeated, or there is a remediation without the rule `EC2_IMDSV2_CHECK`
   */
  public constructor(scope: Construct, id: string, props: ImdsConfigRulesProps = {}) {
    super(checkPlace(scope, id), id);
    const { remediation, ruleNamePrefix } = checked(props, CONFIG_RULES);
    checkRuleNamePrefix(ruleNamePrefix, MOST_OF_PREFIX);
    const planned = plannedRules(props, Stack.of(this).region);
    const conditions = new RegionConditions(this);
    this.byRule = new Map(planned.map(each => [each.rule, this.addRule(each, conditions, ruleNamePrefix)]));
    this.rules = [...this.byRule.values()];
    if (remediation) { this.addRemediation(remediation); }
    reportSubstitutes(this, planned);
  }

  /**
   * The rule as it is deployed here.
   *
   * @param rule one of the rules
   * @returns the deployed rule; `undefined` if this construct does not have it
   * @throws Error if it is not a rule
   */
  public find(rule: ImdsConfigRule): IRule | undefined {
    checkValue('rule', rule, required(CONFIG_RULE));
    return this.byRule.get(rule);
  }

  /** The role that the automation of the remediation assumes, if there is a remediation. */
  public get remediationRole(): IRole | undefined {
    return this.remediatedBy;
  }

  /**
   * Adds the remediation. Use it if the remediation needs the rules first, such as an `ImdsRepair` of their findings.
   *
   * @param remediation how to remediate an instance that `EC2_IMDSV2_CHECK` finds
   * @throws Error if it is not a remediation, if there is one already, or without the rule `EC2_IMDSV2_CHECK`
   */
  public addRemediation(remediation: ImdsRemediation): void {
    checkValue('remediation', remediation, required(REMEDIATION_KIND));
    checkRemediable(remediation, [...this.byRule.keys()]);
    if (this.remediatedBy) { throw new Error(`remediation must be added only once to ${this.node.path}, got another one`); }
    const role = remediationRole(this, remediation);
    const { configRuleName } = this.find(ImdsConfigRule.EC2_IMDSV2_CHECK)!;
    new CfnRemediationConfiguration(this, 'Remediation', {
      configRuleName, ...remediation._controls(), parameters: remediation._parameters(role.roleArn),
    }).node.addDependency(role);
    this.remediatedBy = role;
    warnOfRemediation(this, remediation, 'the account');
  }

  private addRule({ rule, description, parameters, policyText, where }: PlannedRule, conditions: RegionConditions, prefix?: string): IRule {
    const props = {
      configRuleName: prefix === undefined ? undefined : `${prefix}${rule.name}`,
      description,
      ruleScope: RuleScope.fromResources([ResourceType.of(rule.resourceType)]),
    };
    const added = rule.identifier === undefined
      ? new CustomPolicy(this, rule._id, { ...props, policyText: policyText! })
      : new ManagedRule(this, rule._id, { ...props, identifier: rule.identifier, inputParameters: parameters });
    (added.node.defaultChild as CfnConfigRule).cfnOptions.condition = conditions.for(where);
    return added;
  }
}

/** AWS Config accepts names of up to 128 characters. */
const MOST_OF_PREFIX = 88;

const CONFIG_RULES: Shape<ImdsConfigRulesProps> = { ...CONFIG_RULES_OPTIONS, remediation: REMEDIATION_KIND, ruleNamePrefix: TEXT };
