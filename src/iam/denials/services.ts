import type * as iam from 'aws-cdk-lib/aws-iam';
import * as autoScaling from '../../resources/records/auto-scaling';
import * as images from '../../resources/records/image-builder';
import * as sageMaker from '../../resources/records/sagemaker';
import { conditionedType } from '../condition-keys';
import type { ImdsStatementProps } from '../exemption-conditions';
import { anyArn, anythingBut, deny } from '../statement';
import type { ImdsGroupStatementProps, ImdsLaunchConfigurationStatementProps } from '../statement-props';

const LAUNCH_CONFIGURATION = conditionedType(autoScaling.LAUNCH_CONFIGURATION);
const INFRASTRUCTURE = conditionedType(images.INFRASTRUCTURE);
const NOTEBOOK = conditionedType(sageMaker.NOTEBOOK);

export function launchConfigurations(
  { maxHopLimit, allowDisabledEndpoint = false, ...exempt }: ImdsLaunchConfigurationStatementProps,
): iam.PolicyStatement[] {
  const call = {
    actions: ['autoscaling:CreateLaunchConfiguration'],
    resources: [anyArn('autoscaling', 'launchConfiguration:*:launchConfigurationName/*')],
  };
  return [
    deny({
      ...call,
      sid: 'DenyLaunchConfigurationWithoutTokens',
      conditions: {
        StringNotEquals: {
          [LAUNCH_CONFIGURATION.key('tokens')]: LAUNCH_CONFIGURATION.required,
          ...allowDisabledEndpoint ? { [LAUNCH_CONFIGURATION.key('endpoint')]: 'disabled' } : {},
        },
      },
    }, exempt),
    ...maxHopLimit === undefined ? [] : [deny({
      ...call,
      sid: 'DenyLaunchConfigurationWithHighHopLimit',
      conditions: { NumericGreaterThan: { [LAUNCH_CONFIGURATION.key('hopLimit')]: String(maxHopLimit) } },
    }, exempt)],
  ];
}

/** The value `false` means `$Latest`, `$Default` or no version. A call that does not set the template does not have the key. */
export function groupsWithoutTemplateVersion({ denyLaunchConfigurations = false, ...exempt }: ImdsGroupStatementProps): iam.PolicyStatement[] {
  const call = {
    actions: ['autoscaling:CreateAutoScalingGroup', 'autoscaling:UpdateAutoScalingGroup'],
    resources: [anyArn('autoscaling', 'autoScalingGroup:*:autoScalingGroupName/*')],
  };
  return [
    deny({ ...call, sid: 'DenyGroupWithoutTemplateVersion', conditions: { Bool: { 'autoscaling:LaunchTemplateVersionSpecified': 'false' } } }, exempt),
    ...denyLaunchConfigurations ? [deny({
      ...call,
      sid: 'DenyGroupWithLaunchConfiguration',
      conditions: { Null: { 'autoscaling:LaunchConfigurationName': 'false' } },
    }, exempt)] : [],
  ];
}

export function imageBuilder(exempt: ImdsStatementProps): iam.PolicyStatement[] {
  return [deny({
    sid: 'DenyImageBuilderWithoutTokens',
    actions: ['imagebuilder:CreateInfrastructureConfiguration', 'imagebuilder:UpdateInfrastructureConfiguration'],
    resources: [anyArn('imagebuilder', 'infrastructure-configuration/*')],
    conditions: { StringNotEquals: { [INFRASTRUCTURE.key('tokens')]: INFRASTRUCTURE.required } },
  }, exempt)];
}

/** A new notebook instance without the setting allows IMDSv1. An update without it changes nothing. */
export function notebooks(exempt: ImdsStatementProps): iam.PolicyStatement[] {
  const key = NOTEBOOK.key('tokens');
  const resources = [anyArn('sagemaker', 'notebook-instance/*')];
  return [
    deny({
      sid: 'DenyNotebookWithoutTokens',
      actions: ['sagemaker:CreateNotebookInstance'],
      resources,
      conditions: { StringNotEquals: { [key]: NOTEBOOK.required } },
    }, exempt),
    deny({
      sid: 'DenyMakingNotebookTokensOptional',
      actions: ['sagemaker:UpdateNotebookInstance'],
      resources,
      conditions: anythingBut(NOTEBOOK.required, key),
    }, exempt),
  ];
}
