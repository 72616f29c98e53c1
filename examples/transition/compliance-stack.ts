import { Stack, StackProps } from 'aws-cdk-lib';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ImdsConfigRule, ImdsConfigRules, ImdsOrganizationConformancePack, ImdsRemediation } from 'cdk-imdsv2';
import { Construct } from 'constructs';

/** Finds instances that allow IMDSv1 again, in this account and in those of the organization. */
export class ComplianceStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const rules = new ImdsConfigRules(this, 'Rules', {
      remediation: ImdsRemediation.bySupportRunbook(), // only when a person starts it
    });
    rules.find(ImdsConfigRule.EC2_IMDSV2_CHECK)?.onComplianceChange('Changed', { target: new SnsTopic(new Topic(this, 'Findings')) });

    new ImdsOrganizationConformancePack(this, 'Pack', { organizationConformancePackName: 'imdsv2' });
  }
}
