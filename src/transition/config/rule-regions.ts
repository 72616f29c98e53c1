import type { ICfnConditionExpression } from 'aws-cdk-lib';
import { Annotations, Aws, CfnCondition, Fn, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { ImdsConfigRule } from './imds-config-rule';
import type { PlannedRule, Where } from './planned-rules';

/** The construct that has the conditions. */
const SCOPE = 'ImdsConfigRuleRegions';

/** The conditions of a stack with an unknown Region: whether AWS has a managed rule there. All rules of the stack share them. */
export class RegionConditions {
  private readonly stack: Stack;

  public constructor(scope: Construct) {
    this.stack = Stack.of(scope);
  }

  /** The condition for a rule, if it does not exist in all Regions. */
  public for(where: Where | undefined): CfnCondition | undefined {
    if (!where) { return undefined; }
    const { managed, isIn } = where;
    const regions = () => Fn.conditionOr(...managed.regionsWithout.map(region => Fn.conditionEquals(Aws.REGION, region)));
    const lacks = this.named(conditionName({ managed, isIn: false }), regions);
    return isIn ? this.named(conditionName(where), () => Fn.conditionNot(lacks)) : lacks;
  }

  private named(id: string, expression: () => ICfnConditionExpression): CfnCondition {
    const scope = this.stack.node.tryFindChild(SCOPE) ?? new Construct(this.stack, SCOPE);
    return scope.node.tryFindChild(id) as CfnCondition | undefined ?? new CfnCondition(scope, id, { expression: expression() });
  }
}

/** A name for the condition: `Has...` or `Lacks...` and the name of the managed rule. */
export function conditionName({ managed, isIn }: Where): string {
  return `${isIn ? 'Has' : 'Lacks'}${managed._id}`;
}

/** Adds an information about each substitute for a managed rule, in a known Region. It is not a warning, because nothing is missing. */
export function reportSubstitutes(construct: Construct, planned: readonly PlannedRule[]): void {
  for (const { rule, standsInFor } of planned) {
    if (standsInFor) { Annotations.of(construct).addInfo(substituteText(rule, standsInFor, Stack.of(construct).region)); }
  }
}

function substituteText(rule: ImdsConfigRule, { identifier, documentation, regionsWithout }: ImdsConfigRule, region: string): string {
  const why = regionsWithout.includes(region) ? `AWS does not have ${identifier} in ${region}` : `CDK does not know ${region}, where AWS may not have ${identifier}`;
  return `${why} (${documentation}): the Guard rule ${rule.name} stands in for it`;
}
