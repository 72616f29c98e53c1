import type * as iam from 'aws-cdk-lib/aws-iam';
import type { ImdsStatementProps } from '../exemption-conditions';
import { deny } from '../statement';

/** Only calls with credentials of an instance role have this key. All other calls are allowed, because they do not have it. */
export function imdsv1Credentials(exempt: ImdsStatementProps): iam.PolicyStatement[] {
  return [deny({ sid: 'DenyImdsv1Credentials', actions: ['*'], conditions: { NumericLessThan: { 'ec2:RoleDelivery': '2.0' } } }, exempt)];
}
