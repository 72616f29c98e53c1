import type * as iam from 'aws-cdk-lib/aws-iam';
import { HopLimits } from '../../policy/hop-limits';
import * as ec2 from '../../resources/records/ec2';
import { requestedAttribute } from '../condition-keys';
import type { ImdsStatementProps } from '../exemption-conditions';
import type { Conditions } from '../statement';
import { anythingBut, deny } from '../statement';
import type { ImdsWeakeningStatementProps } from '../statement-props';

/** Most options of account defaults have the names of instance options. Only account defaults have this one. */
const ENFORCED = 'ec2:Attribute/HttpTokensEnforced';

export function changingAccountDefaults(exempt: ImdsStatementProps): iam.PolicyStatement[] {
  return [denyChange('DenyChangingAccountDefaults', {}, exempt)];
}

/** Both `optional` and `no-preference` allow IMDSv1 again. A call that does not set an option has no key for it. */
export function weakeningAccountDefaults({ maxHopLimit = HopLimits.DEFAULT_MAX, ...exempt }: ImdsWeakeningStatementProps): iam.PolicyStatement[] {
  return [
    denyChange('DenyMakingDefaultTokensOptional', anythingBut('required', requestedAttribute(ec2.INSTANCE, 'tokens')), exempt),
    denyChange('DenyEndingEnforcementOfTokens', anythingBut('enabled', ENFORCED), exempt),
    denyChange('DenyRaisingDefaultHopLimit', {
      NumericGreaterThan: { [requestedAttribute(ec2.INSTANCE, 'hopLimit')]: String(maxHopLimit) },
    }, exempt),
  ];
}

/** The action has no resource type. */
function denyChange(sid: string, conditions: Conditions, exempt: ImdsStatementProps): iam.PolicyStatement {
  return deny({ sid, actions: ['ec2:ModifyInstanceMetadataDefaults'], conditions }, exempt);
}
