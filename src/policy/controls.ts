/** The publisher of a control. */
export type Framework =
  | 'AWS Security Hub'
  | 'AWS Security Hub exposure'
  | 'AWS Control Tower'
  | 'AWS Config'
  | 'CIS AWS Foundations Benchmark'
  | 'cdk-nag'
  | 'Checkov'
  | 'Trivy'
  | 'KICS'
  | 'Prowler';

/** A well-known control that requires the same as a rule, or a part of it. */
export interface Control {
  readonly framework: Framework;
  readonly id: string;
  /** What the control checks, and how it differs from the rule. */
  readonly note: string;
}

const NAG_NOTE = 'instances and Auto Scaling groups, with templates and configurations of the same stack; raw overrides are not seen';

/** Controls about the session token. */
export const TOKEN_CONTROLS: readonly Control[] = [
  control('AWS Security Hub', 'EC2.8', 'instances, once they run'),
  control('AWS Security Hub', 'EC2.170', 'launch templates, once they are deployed'),
  control('AWS Security Hub', 'AutoScaling.3', 'launch configurations, once they are deployed'),
  control('AWS Security Hub exposure', 'The EC2 instance allows access to IMDS using version 1', 'instances, once they run: a trait of exposure findings, of the type Misconfiguration'),
  control('AWS Control Tower', 'CT.EC2.PR.1', 'launch templates; passes where the endpoint is disabled, and fails where HttpTokens is an intrinsic'),
  control('AWS Control Tower', 'CT.AUTOSCALING.PR.2', 'launch configurations; passes where the endpoint is disabled, and fails where HttpTokens is an intrinsic'),
  control('AWS Config', 'EC2_IMDSV2_CHECK', 'instances, once they run'),
  control('AWS Config', 'EC2_LAUNCH_TEMPLATE_IMDSV2_CHECK', 'the default version of launch templates, which CloudFormation leaves where it is'),
  control('AWS Config', 'AUTOSCALING_LAUNCHCONFIG_REQUIRES_IMDSV2', 'launch configurations, once they are deployed'),
  control('CIS AWS Foundations Benchmark', '5.6', 'in versions 2.0 and 3.0: instances, once they run'),
  control('CIS AWS Foundations Benchmark', '5.7', 'the same in versions 4.0 and 5.0'),
  control('CIS AWS Foundations Benchmark', '6.7', 'the same in versions 6.0 and 7.0'),
  control('cdk-nag', 'HIPAA.Security-EC2IMDSv2Enabled', NAG_NOTE),
  control('cdk-nag', 'NIST.800.53.R4-EC2IMDSv2Enabled', NAG_NOTE),
  control('cdk-nag', 'NIST.800.53.R5-EC2IMDSv2Enabled', NAG_NOTE),
  control('Checkov', 'CKV_AWS_79', 'launch templates, where it reads CloudFormation; passes where the endpoint is disabled'),
  control('Checkov', 'CKV_AWS_371', 'SageMaker notebook instances'),
  control('Trivy', 'AWS-0028', 'instances, formerly AVD-AWS-0028; passes where the endpoint is disabled'),
  control('Trivy', 'AWS-0130', 'launch templates and launch configurations, formerly AVD-AWS-0130; passes where the endpoint is disabled'),
  control('Prowler', 'ec2_instance_imdsv2_enabled', 'instances, once they run; passes where the endpoint is disabled'),
  control('KICS', 'a4f5f706-80fd-4c96-9a24-6ab317d33d24', 'instances and launch templates of CloudFormation, each by itself'),
  control('Prowler', 'ec2_confidential_workload_host_imdsv2_not_enforced', 'instances that host confidential workloads, once they run'),
  control('Prowler', 'ec2_launch_template_imdsv2_required', 'launch templates; passes where one version requires tokens, or leaves the endpoint unset'),
  control('Prowler', 'autoscaling_group_launch_configuration_requires_imdsv2', 'the launch configurations of Auto Scaling groups'),
];

/** Controls for the hop limit: all of them require 1, also on container hosts. */
export const HOP_LIMIT_CONTROLS: readonly Control[] = [
  control('AWS Security Hub', 'AutoScaling.4', 'launch configurations: at most 1; retired in April 2024'),
  control('AWS Control Tower', 'CT.EC2.PR.2', 'launch templates: 1 or unset, on container hosts as well'),
  control('AWS Control Tower', 'CT.AUTOSCALING.PR.3', 'launch configurations: 1 or unset, on container hosts as well'),
  control('AWS Config', 'EC2_TOKEN_HOP_LIMIT_CHECK', 'instances, once they run: at most its parameter tokenHopLimit, which is 1 by default'),
  control('AWS Config', 'AUTOSCALING_LAUNCH_CONFIG_HOP_LIMIT', 'launch configurations: at most 1, on container hosts as well'),
  control('Checkov', 'CKV_AWS_341', 'launch templates and launch configurations of Terraform alone: 1 or unset'),
];

/** Controls about the default of an account. */
export const ACCOUNT_DEFAULT_CONTROLS: readonly Control[] = [
  control('Prowler', 'ec2_instance_account_imdsv2_enabled', 'the account default of a Region, which decides where a resource has no property for it'),
];

function control(framework: Framework, id: string, note: string): Control {
  return { framework, id, note };
}
