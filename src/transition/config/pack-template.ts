import { ImdsConfigRule } from './imds-config-rule';
import type { PackAutomation } from './pack-automation';
import type { PlannedRule, Where } from './planned-rules';
import { conditionName } from './rule-regions';
import type { Plain } from './yaml-text';

type Section = { readonly [name: string]: Plain };

/** The messages that AWS Config can send to a custom policy rule. */
export const MESSAGE_TYPES = ['ConfigurationItemChangeNotification', 'OversizedConfigurationItemChangeNotification'];

/** The runtime of custom policy rules. */
export const POLICY_RUNTIME = 'guard-2.x.x';

/** The most conditions in an `Fn::Or`. */
const MOST_BRANCHES = 10;

/** The template of a conformance pack: its rules, and the remediation of one of them. */
export function packTemplate(planned: readonly PlannedRule[], automation: PackAutomation | undefined): Section {
  const parameters = automation?.parameters ?? {};
  const conditions = planned.flatMap(({ where }) => where ? conditionsOf(where) : []);
  return {
    ...Object.keys(parameters).length > 0 && { Parameters: parameters },
    ...conditions.length > 0 && { Conditions: Object.fromEntries(conditions) },
    Resources: {
      ...Object.fromEntries(planned.map(each => [each.rule._id, ruleResource(each)])),
      ...automation && { Remediation: remediationResource(automation) },
    },
  };
}

function ruleResource({ rule, description, parameters, policyText, where }: PlannedRule): Section {
  return {
    Type: 'AWS::Config::ConfigRule',
    ...where && { Condition: conditionName(where) },
    Properties: {
      ConfigRuleName: rule.name,
      Description: description,
      Scope: { ComplianceResourceTypes: [rule.resourceType] },
      ...parameters && { InputParameters: parameters },
      Source: rule.identifier === undefined ? policySource(policyText!) : { Owner: 'AWS', SourceIdentifier: rule.identifier },
    },
  };
}

function policySource(policyText: string): Section {
  return {
    Owner: 'CUSTOM_POLICY',
    SourceDetails: MESSAGE_TYPES.map(MessageType => ({ EventSource: 'aws.config', MessageType })),
    CustomPolicyDetails: { PolicyRuntime: POLICY_RUNTIME, PolicyText: policyText },
  };
}

function remediationResource({ remediation, role, document }: PackAutomation): Section {
  const { executionControls: { ssmControls }, ...controls } = remediation._controls();
  return {
    Type: 'AWS::Config::RemediationConfiguration',
    DependsOn: ImdsConfigRule.EC2_IMDSV2_CHECK._id,
    Properties: {
      ConfigRuleName: ImdsConfigRule.EC2_IMDSV2_CHECK.name,
      ...capitalized({ ...controls, targetId: document }),
      ExecutionControls: { SsmControls: capitalized(ssmControls) },
      Parameters: remediation._parameters(role) as Section,
    },
  };
}

/** The conditions for the Regions where AWS lacks the managed rule, or for those where it has the rule. */
function conditionsOf({ managed, isIn }: Where): readonly (readonly [name: string, condition: Plain])[] {
  const lacks = conditionName({ managed, isIn: false });
  const regions = anyOf(managed.regionsWithout.map(region => ({ 'Fn::Equals': [{ Ref: 'AWS::Region' }, region] })));
  return [[lacks, regions], ...isIn ? [[conditionName({ managed, isIn }), { 'Fn::Not': [{ Condition: lacks }] }] as const] : []];
}

/** `Fn::Or` for any number of conditions. */
function anyOf(branches: readonly Section[]): Section {
  if (branches.length <= MOST_BRANCHES) { return { 'Fn::Or': branches }; }
  return { 'Fn::Or': [{ 'Fn::Or': branches.slice(0, MOST_BRANCHES) }, anyOf(branches.slice(MOST_BRANCHES))] };
}

function capitalized(properties: { readonly [name: string]: Plain }): Section {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name[0].toUpperCase() + name.slice(1), value]));
}
