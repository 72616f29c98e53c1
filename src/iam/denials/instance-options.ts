import type * as iam from 'aws-cdk-lib/aws-iam';
import { CONTAINER_HOPS } from '../../policy/imds-policy';
import { conditionedType, requestedAttribute } from '../condition-keys';
import type { ImdsStatementProps } from '../exemptions';
import { checkKnownHopLimit } from '../known-hop-limit';
import { checkPrincipalArn } from '../principal-arns';
import type { Conditions } from '../statement';
import { anythingBut, deny } from '../statement';
import type { ImdsWeakeningStatementProps } from '../statement-props';
import { INSTANCES } from './launch';

const TYPE = 'AWS::EC2::Instance';
const INSTANCE = conditionedType(TYPE);

/**
 * The `ec2:Metadata...` keys tell what the instance has now, so a condition on those would forbid the very repair of an instance that has IMDSv1.
 * What the call asks for is in `ec2:Attribute/...`, which is absent where the call leaves an option alone.
 */
export function weakeningInstances({ maxHopLimit = CONTAINER_HOPS, ...exempt }: ImdsWeakeningStatementProps): iam.PolicyStatement[] {
  checkKnownHopLimit('maxHopLimit', maxHopLimit);
  const tokens = requestedAttribute(TYPE, 'tokens');
  return [
    denyChange('DenyMakingTokensOptional', anythingBut(INSTANCE.required, tokens), exempt),
    denyChange('DenyRaisingHopLimit', { NumericGreaterThan: { [requestedAttribute(TYPE, 'hopLimit')]: String(maxHopLimit) } }, exempt),
    ...enablingEndpoint(tokens, exempt),
  ];
}

/**
 * A repair says `enabled` beside `required`, since AWS asks for that, so the state of the instance decides whether the call turns the endpoint on.
 * Where EC2 does not tell the state, only a call that requires tokens as well is let through.
 */
function enablingEndpoint(tokens: string, exempt: ImdsStatementProps): iam.PolicyStatement[] {
  const [current, requested] = [INSTANCE.key('endpoint'), requestedAttribute(TYPE, 'endpoint')];
  return [
    denyChange('DenyEnablingEndpoint', { StringEquals: { [requested]: 'enabled', [current]: 'disabled' } }, exempt),
    denyChange('DenyEnablingEndpointUnseen', {
      StringEquals: { [requested]: 'enabled' },
      StringNotEquals: { [tokens]: INSTANCE.required },
      Null: { [current]: 'true' },
    }, exempt),
  ];
}

export function changingInstancesExceptBy(principalArns: readonly string[], exempt: ImdsStatementProps): iam.PolicyStatement[] {
  if (principalArns.length === 0) { throw new Error('principalArns must name at least one principal, got none: nobody could repair an instance'); }
  principalArns.forEach(arn => checkPrincipalArn('principalArns', arn));
  const exemptPrincipalArns = [...principalArns, ...exempt.exemptPrincipalArns ?? []];
  return [denyChange('DenyChangingMetadataOptions', {}, { ...exempt, exemptPrincipalArns })];
}

function denyChange(sid: string, conditions: Conditions, exempt: ImdsStatementProps): iam.PolicyStatement {
  return deny({ sid, actions: ['ec2:ModifyInstanceMetadataOptions'], resources: INSTANCES, conditions }, exempt);
}
