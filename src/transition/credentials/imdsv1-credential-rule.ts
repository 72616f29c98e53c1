import type { CfnRule, EventPattern, IRuleTarget } from 'aws-cdk-lib/aws-events';
import { Match, Rule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { BOOLEAN, TEXT, checkPlace, instance, listOf } from '../../model/kinds';
import type { Shape } from '../../model/props';
import { checked } from '../../model/props';
import { BY_IMDSV1 } from './imdsv1-credentials';

/** Which calls with credentials from IMDSv1 a rule matches, and what it sends them to. */
export interface Imdsv1CredentialRuleProps {
  /**
   * What each call is sent to. There may be thousands in an hour, so send them to a queue, a log group or a function.
   *
   * @default - nothing yet; `addTarget()` adds a target
   */
  readonly targets?: IRuleTarget[];

  /**
   * Whether calls that only read are left out, as EventBridge does unless a rule asks for them. Most calls of instances read.
   *
   * @default false
   */
  readonly writeOnly?: boolean;

  /**
   * The name of the rule.
   *
   * @default - CloudFormation makes one
   */
  readonly ruleName?: string;
}

/**
 * An EventBridge rule for AWS API calls with credentials from IMDSv1, as CloudTrail reports them.
 *
 * It sees the calls in the account and the Region of the stack, within minutes. A trail has to record the Region. Data events are included
 * if the trail records them. Add `detail` to its pattern to narrow it: `rule.addEventPattern({ detail: { eventSource: ['s3.amazonaws.com'] } })`.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
 * import { Queue } from 'aws-cdk-lib/aws-sqs';
 * import { Imdsv1CredentialRule } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Trail');
 * new Imdsv1CredentialRule(stack, 'Rule', { targets: [new SqsQueue(new Queue(stack, 'Calls'))] });
 */
export class Imdsv1CredentialRule extends Rule {
  /**
   * The pattern of such a call, for a rule of your own.
   *
   * Nobody but AWS can send an event whose source begins with `aws.`. A rule gets calls that only read in the state
   * `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS` alone.
   */
  public static eventPattern(): EventPattern {
    return {
      source: Match.prefix('aws.'),
      detailType: ['AWS API Call via CloudTrail', 'AWS Service Event via CloudTrail'], // a mount of EFS is the latter
      detail: { userIdentity: { sessionContext: { ec2RoleDelivery: [BY_IMDSV1] } } },
    };
  }

  /**
   * @param scope the construct that it belongs to
   * @param id its id in the scope
   * @param props what it matches, and where that is sent to
   * @throws Error where a property is not of its kind
   */
  public constructor(scope: Construct, id: string, props: Imdsv1CredentialRuleProps = {}) {
    super(checkPlace(scope, id), id, {
      description: 'Calls of AWS with credentials that IMDSv1 delivered',
      eventPattern: Imdsv1CredentialRule.eventPattern(),
      ...ruleProps(props),
    });
    if (props.writeOnly !== true) { (this.node.defaultChild as CfnRule).state = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'; }
  }
}

function ruleProps(props: Imdsv1CredentialRuleProps) {
  const { targets, ruleName } = checked(props, RULE);
  return { targets, ruleName };
}

const RULE: Shape<Imdsv1CredentialRuleProps> = {
  targets: listOf(instance('an IRuleTarget', value => 'bind' in value)),
  writeOnly: BOOLEAN,
  ruleName: TEXT,
};
