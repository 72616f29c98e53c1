import { Stack } from 'aws-cdk-lib';
import { CfnOrganizationConfigRule } from 'aws-cdk-lib/aws-config';
import { Construct } from 'constructs';
import { TEXT, checkPlace } from '../../model/kinds';
import type { Shape } from '../../model/props';
import { checked } from '../../model/props';
import { CONFIG_RULES_OPTIONS } from './config-rules-options';
import type { ImdsConfigRulesOptions } from './config-rules-options';
import { EXCLUDED_ACCOUNTS, checkExcludedAccounts } from './organization-accounts';
import type { ImdsExcludedAccountsProps } from './organization-accounts';
import { MESSAGE_TYPES, POLICY_RUNTIME } from './pack-template';
import { plannedRules } from './planned-rules';
import type { PlannedRule } from './planned-rules';
import { checkRuleNamePrefix } from './rule-name-prefix';
import { RegionConditions, reportSubstitutes } from './rule-regions';

/** Which rules of AWS Config the accounts of an organization have. */
export interface ImdsOrganizationConfigRulesProps extends ImdsConfigRulesOptions, ImdsExcludedAccountsProps {
  /**
   * A prefix for the names of the rules, at most 24 characters. The name of the rule follows, such as `ec2-imdsv2-check`. A name can exist once
   * in an organization and Region.
   *
   * @default 'organization-'
   */
  readonly ruleNamePrefix?: string;
}

/**
 * AWS Config rules in every account of an organization, in the Region of the stack, that find resources that do not require IMDSv2.
 *
 * Deploy the stack in the management account, or in the account of a delegated administrator for AWS Config. Accounts that join later also get the
 * rules. AWS Config must be set up in each account that you do not exclude. The accounts cannot change the rules, and AWS Config does not support a
 * remediation for them: use `ImdsOrganizationConformancePack`.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/config-rule-multi-account-deployment.html
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { ImdsOrganizationConfigRules } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Compliance');
 * new ImdsOrganizationConfigRules(stack, 'Rules', { excludedAccounts: ['111122223333'] });
 */
export class ImdsOrganizationConfigRules extends Construct {
  /** The rules. If the Region of the stack is unknown, some of them exist only in some Regions. */
  public readonly rules: CfnOrganizationConfigRule[];

  /**
   * @param scope a stack in the management account or in that of a delegated administrator, or a construct in it
   * @param id its id in the scope
   * @param props the rules, and the excluded accounts
   * @throws Error if a property is not valid, a rule is repeated, or an account is not an account id
   */
  public constructor(scope: Construct, id: string, props: ImdsOrganizationConfigRulesProps = {}) {
    super(checkPlace(scope, id), id);
    const { ruleNamePrefix = 'organization-', excludedAccounts } = checked(props, ORGANIZATION_RULES);
    checkExcludedAccounts(props);
    checkRuleNamePrefix(ruleNamePrefix, MOST_OF_PREFIX);
    const planned = plannedRules(props, Stack.of(this).region);
    const conditions = new RegionConditions(this);
    this.rules = planned.map(each => {
      const rule = new CfnOrganizationConfigRule(this, each.rule._id, {
        organizationConfigRuleName: `${ruleNamePrefix}${each.rule.name}`, excludedAccounts, ...metadataOf(each),
      });
      rule.cfnOptions.condition = conditions.for(each.where);
      return rule;
    });
    reportSubstitutes(this, planned);
  }
}

function metadataOf({ rule, description, parameters, policyText }: PlannedRule) {
  const scope = { description, resourceTypesScope: [rule.resourceType] };
  if (policyText === undefined) {
    const inputParameters = parameters && JSON.stringify(parameters);
    return { organizationManagedRuleMetadata: { ...scope, ruleIdentifier: rule.identifier!, inputParameters } };
  }
  return {
    organizationCustomPolicyRuleMetadata: { ...scope, policyText, runtime: POLICY_RUNTIME, organizationConfigRuleTriggerTypes: MESSAGE_TYPES },
  };
}

/** AWS Config accepts names of up to 64 characters. */
const MOST_OF_PREFIX = 24;

const ORGANIZATION_RULES: Shape<ImdsOrganizationConfigRulesProps> = { ...CONFIG_RULES_OPTIONS, ...EXCLUDED_ACCOUNTS, ruleNamePrefix: TEXT };
