import { instance } from '../../model/kinds';
import { MANAGED_RULES, POLICY_RULES } from './config-rule-data';
import type { ConfigRuleData, ConfigRuleSubject } from './config-rule-data';

const GUIDE = 'https://docs.aws.amazon.com/config/latest/developerguide';

/**
 * An AWS Config rule for metadata options, as data: its resource type, its parameters, and its limits.
 *
 * AWS manages five of them. The others are Guard rules of this library, as custom policy rules, for resources without a managed rule. Configuration
 * changes trigger all of them. They do not see resource types that the configuration recorder does not record, and do not show which software still
 * uses IMDSv1.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { ImdsConfigRule, ImdsConfigRules } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Compliance');
 * new ImdsConfigRules(stack, 'Rules', { rules: [ImdsConfigRule.EC2_IMDSV2_CHECK, ImdsConfigRule.LAUNCH_TEMPLATE_HOP_LIMIT] });
 */
export class ImdsConfigRule {
  /**
   * Hop limits of instances: a Guard rule for Regions without `EC2_TOKEN_HOP_LIMIT_CHECK`.
   *
   * It checks `AWS::EC2::Instance`. It does not see a limit that is too low for containers.
   */
  public static readonly INSTANCE_HOP_LIMIT = new ImdsConfigRule(POLICY_RULES.instanceHopLimit);

  /**
   * Launch templates require tokens: a Guard rule for Regions without `EC2_LAUNCH_TEMPLATE_IMDSV2_CHECK`.
   *
   * It checks `AWS::EC2::LaunchTemplate`. It does not see which version a group uses. AWS does not document which version is recorded. A template
   * without tokens is noncompliant.
   */
  public static readonly LAUNCH_TEMPLATE_TOKENS = new ImdsConfigRule(POLICY_RULES.launchTemplateTokens);

  /**
   * Hop limits in launch templates. AWS has no managed rule for this.
   *
   * It checks `AWS::EC2::LaunchTemplate`, with the same limits as `LAUNCH_TEMPLATE_TOKENS`. A template without a hop limit is compliant.
   */
  public static readonly LAUNCH_TEMPLATE_HOP_LIMIT = new ImdsConfigRule(POLICY_RULES.launchTemplateHopLimit);

  /**
   * Launch configurations require tokens: a Guard rule for Regions without `AUTOSCALING_LAUNCHCONFIG_REQUIRES_IMDSV2`.
   *
   * It checks `AWS::AutoScaling::LaunchConfiguration`. It does not see whether a group uses it.
   */
  public static readonly LAUNCH_CONFIGURATION_TOKENS = new ImdsConfigRule(POLICY_RULES.launchConfigurationTokens);

  /**
   * Hop limits in launch configurations, for other limits than 1, which `AUTOSCALING_LAUNCH_CONFIG_HOP_LIMIT` requires.
   *
   * It checks `AWS::AutoScaling::LaunchConfiguration`. It does not see whether a group uses it, nor a limit from the account or the AMI.
   */
  public static readonly LAUNCH_CONFIGURATION_HOP_LIMIT = new ImdsConfigRule(POLICY_RULES.launchConfigurationHopLimit);

  /**
   * Build and test instances of Image Builder require tokens. AWS has no managed rule for this.
   *
   * It checks `AWS::ImageBuilder::InfrastructureConfiguration`. It does not check the built AMIs.
   */
  public static readonly IMAGE_BUILDER_TOKENS = new ImdsConfigRule(POLICY_RULES.imageBuilderTokens);

  /**
   * Hop limits of build and test instances of Image Builder. AWS has no managed rule for this.
   *
   * It checks `AWS::ImageBuilder::InfrastructureConfiguration`. It does not see a limit from the account or the AMI.
   */
  public static readonly IMAGE_BUILDER_HOP_LIMIT = new ImdsConfigRule(POLICY_RULES.imageBuilderHopLimit);

  /**
   * Instances require tokens: noncompliant if `HttpTokens` is `optional`. AWS has it in every Region.
   *
   * It checks `AWS::EC2::Instance`, and has no parameters. It ignores the endpoint, so an instance with a disabled endpoint is noncompliant. It does
   * not see what launches the next instance.
   *
   * @see https://docs.aws.amazon.com/config/latest/developerguide/ec2-imdsv2-check.html
   */
  public static readonly EC2_IMDSV2_CHECK = new ImdsConfigRule(MANAGED_RULES.ec2Imdsv2Check);

  /**
   * The default version of a launch template requires tokens.
   *
   * It checks `AWS::EC2::LaunchTemplate`, and has no parameters. It does not see other versions, such as one that a group uses by `$Latest` or by
   * number. A template without tokens is noncompliant.
   *
   * @see https://docs.aws.amazon.com/config/latest/developerguide/ec2-launch-template-imdsv2-check.html
   */
  public static readonly EC2_LAUNCH_TEMPLATE_IMDSV2_CHECK = new ImdsConfigRule(
    MANAGED_RULES.ec2LaunchTemplateImdsv2Check, ImdsConfigRule.LAUNCH_TEMPLATE_TOKENS,
  );

  /**
   * The hop limit of an instance is not above `tokenHopLimit`: 1 to 64, and 1 by default. `ImdsConfigRules` gives it always.
   *
   * It checks `AWS::EC2::Instance`. It does not see a limit that is too low for containers.
   *
   * @see https://docs.aws.amazon.com/config/latest/developerguide/ec2-token-hop-limit-check.html
   */
  public static readonly EC2_TOKEN_HOP_LIMIT_CHECK = new ImdsConfigRule(MANAGED_RULES.ec2TokenHopLimitCheck, ImdsConfigRule.INSTANCE_HOP_LIMIT);

  /**
   * A launch configuration requires tokens.
   *
   * It checks `AWS::AutoScaling::LaunchConfiguration`, and has no parameters. It does not see whether a group uses it, nor launch templates. A launch
   * configuration cannot be changed, so you have to replace it.
   *
   * @see https://docs.aws.amazon.com/config/latest/developerguide/autoscaling-launchconfig-requires-imdsv2.html
   */
  public static readonly AUTOSCALING_LAUNCHCONFIG_REQUIRES_IMDSV2 = new ImdsConfigRule(
    MANAGED_RULES.autoscalingLaunchconfigRequiresImdsv2, ImdsConfigRule.LAUNCH_CONFIGURATION_TOKENS,
  );

  /**
   * The hop limit of a launch configuration is not above 1. It has no parameters, so container hosts, which need 2, are noncompliant.
   *
   * It checks `AWS::AutoScaling::LaunchConfiguration`. It does not see whether a group uses it.
   *
   * @see https://docs.aws.amazon.com/config/latest/developerguide/autoscaling-launch-config-hop-limit.html
   */
  public static readonly AUTOSCALING_LAUNCH_CONFIG_HOP_LIMIT = new ImdsConfigRule(
    MANAGED_RULES.autoscalingLaunchConfigHopLimit, ImdsConfigRule.LAUNCH_CONFIGURATION_HOP_LIMIT,
  );

  /** The five rules that AWS manages. */
  public static managed(): ImdsConfigRule[] {
    return ImdsConfigRule.all().filter(({ identifier }) => identifier !== undefined);
  }

  /** All rules: those that AWS manages, then those of this library. */
  public static all(): ImdsConfigRule[] {
    return [
      ImdsConfigRule.EC2_IMDSV2_CHECK, ImdsConfigRule.EC2_LAUNCH_TEMPLATE_IMDSV2_CHECK, ImdsConfigRule.EC2_TOKEN_HOP_LIMIT_CHECK,
      ImdsConfigRule.AUTOSCALING_LAUNCHCONFIG_REQUIRES_IMDSV2, ImdsConfigRule.AUTOSCALING_LAUNCH_CONFIG_HOP_LIMIT,
      ImdsConfigRule.INSTANCE_HOP_LIMIT, ImdsConfigRule.LAUNCH_TEMPLATE_TOKENS, ImdsConfigRule.LAUNCH_TEMPLATE_HOP_LIMIT,
      ImdsConfigRule.LAUNCH_CONFIGURATION_TOKENS, ImdsConfigRule.LAUNCH_CONFIGURATION_HOP_LIMIT,
      ImdsConfigRule.IMAGE_BUILDER_TOKENS, ImdsConfigRule.IMAGE_BUILDER_HOP_LIMIT,
    ];
  }

  /** Its name, such as `ec2-imdsv2-check`. */
  public readonly name: string;

  /** The identifier of a managed rule, such as `EC2_IMDSV2_CHECK`. Rules of this library do not have one. */
  public readonly identifier?: string;

  /** The resource type that it checks. */
  public readonly resourceType: string;

  /** The names of its parameters. */
  public readonly parameters: string[];

  /** What it does not see, or reports without a problem. */
  public readonly blindSpots: string[];

  /** The Regions in which AWS does not have it. */
  public readonly regionsWithout: string[];

  /** The rule of this library that replaces it in these Regions. */
  public readonly standIn?: ImdsConfigRule;

  /** The AWS documentation of the rule, or of its basis. */
  public readonly documentation: string;

  /** @internal */
  public readonly _subject: ConfigRuleSubject;

  /**
   * Its name as a logical id, such as `Ec2Imdsv2Check`.
   *
   * @internal
   */
  public readonly _id: string;

  private constructor({ name, identifier, resourceType, subject, parameters, blindSpots, regionsWithout }: ConfigRuleData, standIn?: ImdsConfigRule) {
    this.name = name;
    this.identifier = identifier;
    this.resourceType = resourceType;
    this.parameters = [...parameters];
    this.blindSpots = [...blindSpots];
    this.regionsWithout = [...regionsWithout];
    this.standIn = standIn;
    this.documentation = `${GUIDE}/${identifier ? name : 'evaluate-config_develop-rules_cfn-guard'}.html`;
    this._subject = subject;
    this._id = name.split('-').map(word => word[0].toUpperCase() + word.slice(1)).join('');
  }
}

/** The accepted values of `rules`. */
export const CONFIG_RULE = instance('an ImdsConfigRule, such as ImdsConfigRule.EC2_IMDSV2_CHECK', value => value instanceof ImdsConfigRule);
