import type * as iam from 'aws-cdk-lib/aws-iam';
import { HopLimits } from '../../policy/hop-limits';
import * as ec2 from '../../resources/records/ec2';
import { conditionedType, requestedAttribute } from '../condition-keys';
import type { ImdsStatementProps } from '../exemption-conditions';
import { listOf } from '../exemption-conditions';
import { checkPrincipalArn } from '../principal-arns';
import type { Conditions } from '../statement';
import { anythingBut, deny } from '../statement';
import type { ImdsWeakeningStatementProps } from '../statement-props';
import { INSTANCES } from './launch';

const INSTANCE = conditionedType(ec2.INSTANCE);

/**
 * The `ec2:Metadata...` keys have the current options of the instance. A condition on them would deny the repair of an instance that allows IMDSv1.
 * The requested values are in `ec2:Attribute/...`, which is absent if the call does not set the option.
 */
export function weakeningInstances({ maxHopLimit = HopLimits.DEFAULT_MAX, ...exempt }: ImdsWeakeningStatementProps): iam.PolicyStatement[] {
  const tokens = requestedAttribute(ec2.INSTANCE, 'tokens');
  return [
    denyChange('DenyMakingTokensOptional', anythingBut(INSTANCE.required, tokens), exempt),
    denyChange('DenyRaisingHopLimit', { NumericGreaterThan: { [requestedAttribute(ec2.INSTANCE, 'hopLimit')]: String(maxHopLimit) } }, exempt),
    denyEnablingEndpoint(tokens, exempt),
  ];
}

/**
 * A call that enables the endpoint has to require tokens itself. Then the instance answers only IMDSv2 after it. A repair sets `enabled` with
 * `required`, as AWS's documentation does, so it is allowed.
 *
 * The state of the instance decides whether a call enables the endpoint. If EC2 does not give it, the key is absent, and counts as not enabled.
 */
function denyEnablingEndpoint(tokens: string, exempt: ImdsStatementProps): iam.PolicyStatement {
  return denyChange('DenyEnablingEndpoint', {
    StringEquals: { [requestedAttribute(ec2.INSTANCE, 'endpoint')]: 'enabled' },
    StringNotEquals: { [INSTANCE.key('endpoint')]: 'enabled', [tokens]: INSTANCE.required },
  }, exempt);
}

export function changingInstancesExceptBy(principalArns: readonly string[], exempt: ImdsStatementProps): iam.PolicyStatement[] {
  const named = listOf('principalArns', principalArns);
  if (named.length === 0) { throw new Error('principalArns must name at least one principal, got none: nobody could repair an instance'); }
  named.forEach(arn => checkPrincipalArn('principalArns', arn));
  const exemptPrincipalArns = [...named, ...listOf('exemptPrincipalArns', exempt.exemptPrincipalArns)];
  return [denyChange('DenyChangingMetadataOptions', {}, { ...exempt, exemptPrincipalArns })];
}

function denyChange(sid: string, conditions: Conditions, exempt: ImdsStatementProps): iam.PolicyStatement {
  return deny({ sid, actions: ['ec2:ModifyInstanceMetadataOptions'], resources: INSTANCES, conditions }, exempt);
}
