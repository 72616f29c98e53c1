import { existsSync } from 'fs';
import type { CfnElement, IPolicyValidationContext } from 'aws-cdk-lib';
import { CfnCondition, CfnHook, CfnMapping, CfnOutput, CfnParameter, CfnResource, CfnRule } from 'aws-cdk-lib';
import { Assembly } from '../check/assembly';
import type { Census } from '../check/census';
import { Check } from '../check/check';
import type { CheckedFinding } from '../check/checked-resource';
import { RuleConfiguration } from '../check/rule-configuration';
import { NESTED_STACK } from '../launch/template-resource';
import type { CheckedPolicy } from '../policy/checked-policy';
import type { Exemptions } from '../policy/exemptions';
import { LiveResource } from '../resources/live-resource';

/** The template elements that never write resources themselves. */
const OTHER_ELEMENTS = [CfnParameter, CfnOutput, CfnCondition, CfnMapping, CfnRule, CfnHook];

/**
 * Finds violations in templates that belong to no construct, so that cdk-nag does not visit them: resources in the file of a nested stack, or
 * resources that an element writes itself. It reads the templates only if the app can contain such resources.
 */
export function foundBeyondConstructs(
  context: IPolicyValidationContext, census: Census, policy: CheckedPolicy, exemptions: Exemptions,
): readonly CheckedFinding[] {
  const { appConstruct, stackTemplates } = context;
  const isAllBehind = stackTemplates.every(({ templatePath }) => census.behind(templatePath));
  const isAllThere = [...census.templates.keys()].every(location => existsSync(location));
  if (isAllBehind && isAllThere && !census.elements.some(element => writesMore(element, census))) { return []; }
  const rules = new RuleConfiguration({ policy, exemptions, failOn: 'error', off: new Map() });
  const { found } = new Check(new Assembly(context, census), census, rules, appConstruct, () => false);
  return found.filter(({ template, logicalId, rule, construct, exemption }) =>
    template && !exemption && (logicalId === undefined ? rule === 'Imdsv2::OptionsUnreadable' : construct === undefined));
}

/** Whether an element can write resources that are not constructs. */
function writesMore(element: CfnElement, census: Census): boolean {
  if (!CfnResource.isCfnResource(element)) { return !OTHER_ELEMENTS.some(kind => element instanceof kind); }
  if (LiveResource.rendersItself(element) || LiveResource.isNamedAsFunction(element)) { return true; }
  return LiveResource.typeOf(element) === NESTED_STACK && !census.isNestedStack(element);
}
