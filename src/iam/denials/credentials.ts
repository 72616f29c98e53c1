import type * as iam from 'aws-cdk-lib/aws-iam';
import type { ImdsStatementProps } from '../exemption-conditions';
import { deny } from '../statement';

/** Only calls that are signed with the credentials of an instance's role carry the key: all others pass, since it is absent there. */
export function imdsv1Credentials(exempt: ImdsStatementProps): iam.PolicyStatement[] {
  return [deny({ sid: 'DenyImdsv1Credentials', actions: ['*'], conditions: { NumericLessThan: { 'ec2:RoleDelivery': '2.0' } } }, exempt)];
}
