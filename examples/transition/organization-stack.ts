import { Stack, StackProps } from 'aws-cdk-lib';
import { Imdsv1UsageMonitorStackSet } from 'cdk-imdsv2';
import { Construct } from 'constructs';

/** Monitors the accounts of an organization, and collects their results in this account. */
export class OrganizationStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    new Imdsv1UsageMonitorStackSet(this, 'Usage', {
      organizationId: 'o-a1b2c3d4e5',
      organizationalUnitIds: ['ou-ab12-11111111'],
      dashboardName: 'imdsv1-usage-of-all',
      operation: { failureTolerancePercentage: 10, maxConcurrentPercentage: 20 },
    });
  }
}
