/** What a rule checks: whether tokens are required, or whether a hop limit is not too high. */
export type ConfigRuleSubject = 'tokens' | 'hop limit';

/** The data of an AWS Config rule. */
export interface ConfigRuleData {
  readonly name: string;
  /** The identifier of the managed rule, if AWS manages it. */
  readonly identifier?: string;
  readonly resourceType: string;
  readonly subject: ConfigRuleSubject;
  readonly parameters: readonly string[];
  readonly blindSpots: readonly string[];
  /** The Regions where AWS does not have it. */
  readonly regionsWithout: readonly string[];
}

const INSTANCE = 'AWS::EC2::Instance';
const LAUNCH_TEMPLATE = 'AWS::EC2::LaunchTemplate';
const LAUNCH_CONFIGURATION = 'AWS::AutoScaling::LaunchConfiguration';
const IMAGE_BUILDER = 'AWS::ImageBuilder::InfrastructureConfiguration';

const TOO_LOW = 'a hop limit that is too low for containers';
const RECORDED_VERSION = 'versions other than the one that AWS Config records, and AWS does not document which one that is';
const FILLED_TOKENS = 'account defaults and AMIs that require tokens: an unset value is noncompliant';
const FILLED_HOPS = 'a hop limit that comes from the account or the AMI: an unset value is compliant';
const UNUSED = 'whether a group uses it';

/** New Zealand, Thailand, Malaysia, Mexico, Taipei and Calgary. */
const NEWEST = ['ap-southeast-6', 'ap-southeast-7', 'ap-southeast-5', 'mx-central-1', 'ap-east-2', 'ca-west-1'];
const GOV_CLOUD = ['us-gov-east-1', 'us-gov-west-1'];
/** The Emirates, Hyderabad, Melbourne, Tel Aviv, Spain and Zurich. */
const OF_2022_AND_2023 = ['me-central-1', 'ap-south-2', 'ap-southeast-4', 'il-central-1', 'eu-south-2', 'eu-central-2'];
const JAKARTA = 'ap-southeast-3';
const CHINA = ['cn-north-1', 'cn-northwest-1'];

/** The managed rules of AWS, as documented in November 2026. */
export const MANAGED_RULES = {
  ec2Imdsv2Check: managed('EC2_IMDSV2_CHECK', INSTANCE, 'tokens', [
    'whether the endpoint is disabled: such an instance is noncompliant, too', 'what launches the next instance',
  ], []),
  ec2LaunchTemplateImdsv2Check: managed('EC2_LAUNCH_TEMPLATE_IMDSV2_CHECK', LAUNCH_TEMPLATE, 'tokens', [
    'versions other than the default version', FILLED_TOKENS,
  ], [...NEWEST, ...GOV_CLOUD, ...OF_2022_AND_2023]),
  ec2TokenHopLimitCheck: managed('EC2_TOKEN_HOP_LIMIT_CHECK', INSTANCE, 'hop limit', [TOO_LOW],
    [...NEWEST, ...GOV_CLOUD, ...OF_2022_AND_2023, JAKARTA, ...CHINA], ['tokenHopLimit']),
  autoscalingLaunchconfigRequiresImdsv2: managed('AUTOSCALING_LAUNCHCONFIG_REQUIRES_IMDSV2', LAUNCH_CONFIGURATION, 'tokens', [
    UNUSED, 'groups that launch from launch templates', FILLED_TOKENS,
  ], NEWEST),
  autoscalingLaunchConfigHopLimit: managed('AUTOSCALING_LAUNCH_CONFIG_HOP_LIMIT', LAUNCH_CONFIGURATION, 'hop limit', [
    UNUSED, 'container hosts, which need a hop limit of 2: they are noncompliant',
  ], [...NEWEST, ...GOV_CLOUD, JAKARTA]),
};

/** The rules of this library. */
export const POLICY_RULES = {
  instanceHopLimit: policy('imdsv2-instance-hop-limit', INSTANCE, 'hop limit', [TOO_LOW]),
  launchTemplateTokens: policy('imdsv2-launch-template-tokens', LAUNCH_TEMPLATE, 'tokens', [RECORDED_VERSION, FILLED_TOKENS]),
  launchTemplateHopLimit: policy('imdsv2-launch-template-hop-limit', LAUNCH_TEMPLATE, 'hop limit', [RECORDED_VERSION, FILLED_HOPS, TOO_LOW]),
  launchConfigurationTokens: policy('imdsv2-launch-configuration-tokens', LAUNCH_CONFIGURATION, 'tokens', [UNUSED, FILLED_TOKENS]),
  launchConfigurationHopLimit: policy('imdsv2-launch-configuration-hop-limit', LAUNCH_CONFIGURATION, 'hop limit', [UNUSED, FILLED_HOPS, TOO_LOW]),
  imageBuilderTokens: policy('imdsv2-image-builder-tokens', IMAGE_BUILDER, 'tokens', ['the AMIs that Image Builder creates', FILLED_TOKENS]),
  imageBuilderHopLimit: policy('imdsv2-image-builder-hop-limit', IMAGE_BUILDER, 'hop limit', [FILLED_HOPS, TOO_LOW]),
};

function managed(
  identifier: string, resourceType: string, subject: ConfigRuleSubject, blindSpots: readonly string[], regionsWithout: readonly string[],
  parameters: readonly string[] = [],
): ConfigRuleData {
  return { name: identifier.toLowerCase().replaceAll('_', '-'), identifier, resourceType, subject, parameters, blindSpots, regionsWithout };
}

function policy(name: string, resourceType: string, subject: ConfigRuleSubject, blindSpots: readonly string[]): ConfigRuleData {
  return { name, resourceType, subject, parameters: [], blindSpots, regionsWithout: [] };
}
