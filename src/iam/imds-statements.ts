import * as iam from 'aws-cdk-lib/aws-iam';
import { checked } from '../model/props';
import { changingAccountDefaults, weakeningAccountDefaults } from './denials/account-defaults';
import { imdsv1Credentials } from './denials/credentials';
import { takingExemptPrincipals } from './denials/exempt-principals';
import { undoingGuardrails } from './denials/guardrails';
import { changingInstancesExceptBy, weakeningInstances } from './denials/instance-options';
import {
  launchWithEndpointDisabled, launchWithEndpointEnabled, launchWithHopLimitAbove, launchWithMetadataTags, launchWithoutTokens,
} from './denials/launch';
import { groupsWithoutTemplateVersion, imageBuilder, launchConfigurations, notebooks } from './denials/services';
import type { ImdsStatementProps } from './exemption-conditions';
import { STATEMENT } from './exemption-conditions';
import { checkStatements } from './policy-packing';
import type {
  ImdsExemptPrincipalStatementProps, ImdsGroupStatementProps, ImdsGuardrailStatementProps, ImdsHopLimitStatementProps,
  ImdsLaunchConfigurationStatementProps, ImdsLaunchStatementProps, ImdsWeakeningStatementProps,
} from './statement-props';
import { EXEMPT_PRINCIPAL, GROUP, GUARDRAIL, HOP_LIMITS, LAUNCH, LAUNCH_CONFIGURATION, WEAKENING } from './statement-props';

/**
 * IAM statements for the instance metadata service, for service control policies, permissions boundaries and other policies.
 *
 * Every statement denies, and grants nothing. Sids do not change between versions, and resources include every partition. As a service control
 * policy, a statement applies to every principal of the accounts below its target, also to root users. It does not apply to the management account
 * and to service-linked roles, with which Auto Scaling, Spot Fleet and EC2 Fleet launch instances. Use templates, account defaults with
 * `httpTokensEnforced` and the declarative policy for these.
 *
 * Protect exempt roles with `denyTakingExemptPrincipals()`. Otherwise a principal could create an exempt role or take one over.
 *
 * @example
 * import { Stack } from 'aws-cdk-lib';
 * import { ImdsServiceControlPolicy, ImdsStatements } from 'cdk-imdsv2';
 *
 * declare const management: Stack;
 * const exempt = ['arn:*:iam::*:role/platform/ImageFactory'];
 *
 * new ImdsServiceControlPolicy(management, 'RequireImdsv2', {
 *   targetIds: ['ou-ab12-11111111'],
 *   statements: [
 *     ...ImdsStatements.denyLaunchWithoutTokens({ exemptPrincipalArns: exempt }),
 *     ...ImdsStatements.denyTakingExemptPrincipals(exempt, { exemptPrincipalArns: ['arn:*:iam::*:role/platform/Deployment'] }),
 *   ],
 * });
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html#iam-example-instance-metadata
 */
export class ImdsStatements {
  /**
   * Denies `RunInstances` without `HttpTokens` required.
   *
   * The request, or the launch template that it names, has to require tokens. An account default or an AMI does not count, because IAM does not see
   * them. With `allowUnset`, it allows launches that do not set tokens, and with `allowDisabledEndpoint`, launches that disable the service.
   *
   * It also applies to `CreateAutoScalingGroup` and `UpdateAutoScalingGroup` with a launch template, because Auto Scaling then checks whether the
   * caller can launch from it. And it applies to an EC2 Fleet of type `instant`, which launches as the caller, like Karpenter. Karpenter first makes
   * a dry run, which may not contain tokens: exempt its role, or set `allowUnset`.
   *
   * It does not apply to launches with a service-linked role, such as later ones of an Auto Scaling group and those of other fleets; to
   * `CreateFleet`, `RequestSpotFleet` and `CreateLaunchTemplate`, which have no condition keys for tokens; and to running instances.
   *
   * @throws Error if an exemption is not valid
   */
  public static denyLaunchWithoutTokens(props: ImdsLaunchStatementProps = {}): iam.PolicyStatement[] {
    return launchWithoutTokens(checked(props, LAUNCH));
  }

  /**
   * Denies `RunInstances` with a hop limit above `max`, and with `denyUnset` without one.
   *
   * Without `denyUnset`, it allows an unset limit, because `NumericGreaterThan` does not match an absent key. It has the same exceptions as
   * `denyLaunchWithoutTokens()`.
   *
   * @param max the highest hop limit that is allowed, 1-64: 1 for hosts, 2 for container hosts
   * @throws Error if the limit is not one that EC2 accepts, or an exemption is not valid
   */
  public static denyLaunchWithHopLimitAbove(max: number, props: ImdsHopLimitStatementProps = {}): iam.PolicyStatement[] {
    return launchWithHopLimitAbove(max, checked(props, HOP_LIMITS));
  }

  /**
   * Denies `RunInstances` with the endpoint turned off.
   *
   * Without the service, an instance gets no role credentials, user data or SSH key, so this prevents unmanageable instances. Allows
   * launches with the endpoint enabled or not set. It has the same limits as `denyLaunchWithoutTokens()`.
   *
   * @throws Error if an exemption is not valid
   */
  public static denyLaunchWithEndpointDisabled(props: ImdsStatementProps = {}): iam.PolicyStatement[] {
    return launchWithEndpointDisabled(checked(props, STATEMENT));
  }

  /**
   * Denies `RunInstances` unless the endpoint is disabled, for accounts whose instances need no role.
   *
   * An unset endpoint is also denied, because it is enabled by default. It has the same exceptions as `denyLaunchWithoutTokens()`.
   *
   * @throws Error if an exemption is not valid
   */
  public static denyLaunchWithEndpointEnabled(props: ImdsStatementProps = {}): iam.PolicyStatement[] {
    return launchWithEndpointEnabled(checked(props, STATEMENT));
  }

  /**
   * Denies `RunInstances` with instance tags in the metadata.
   *
   * It allows disabled and unset tags, although an account default may enable them. It has the same exceptions as `denyLaunchWithoutTokens()`.
   *
   * @throws Error if an exemption is not valid
   */
  public static denyLaunchWithMetadataTags(props: ImdsStatementProps = {}): iam.PolicyStatement[] {
    return launchWithMetadataTags(checked(props, STATEMENT));
  }

  /**
   * Denies `ModifyInstanceMetadataOptions` that sets optional tokens or a hop limit above `maxHopLimit`, or that enables the endpoint without
   * requiring tokens in the same call.
   *
   * It allows the repair of an instance that allows IMDSv1, also with `HttpEndpoint` enabled as in AWS's documentation, and calls that do not set
   * these options. It allows a call that enables the endpoint and requires tokens, because the instance then answers only IMDSv2. It denies one that
   * enables the endpoint without tokens, because the call does not show their value. The same holds if EC2 does not show whether the endpoint is
   * enabled.
   *
   * It does not apply to the management account, to service-linked roles, and to options that are set at launch.
   *
   * @throws Error if the limit is not one that EC2 accepts, or an exemption is not valid
   */
  public static denyWeakeningInstances(props: ImdsWeakeningStatementProps = {}): iam.PolicyStatement[] {
    return weakeningInstances(checked(props, WEAKENING));
  }

  /**
   * Denies every `ModifyInstanceMetadataOptions` except by the named principals. Use it instead of `denyWeakeningInstances()` if only one team
   * repairs instances.
   *
   * It also denies repairs by all other principals. It does not apply to the management account and to service-linked roles.
   *
   * @param principalArns the principals that may call it, as in `exemptPrincipalArns`
   * @throws Error if there are none, or one is not the ARN of a principal
   */
  public static denyChangingInstancesExceptBy(principalArns: string[], props: ImdsStatementProps = {}): iam.PolicyStatement[] {
    return changingInstancesExceptBy(principalArns, checked(props, STATEMENT));
  }

  /**
   * Denies every call with role credentials that an instance got from IMDSv1.
   *
   * It stops all software that still gets its credentials without a token at once, on every instance below the target, whether the instance requires
   * tokens or not. Find this software first: the CloudWatch metric `MetadataNoToken` (namespace `AWS/EC2`) counts calls without a token by instance,
   * and CloudTrail records the calls with such credentials, by `userIdentity.sessionContext.ec2RoleDelivery` `"1.0"`. Exempt the roles that you find
   * until their software is updated.
   *
   * It allows credentials from IMDSv2, and every call without credentials of an instance role: users, Lambda, ECS tasks, pods with their own role,
   * roles that an instance assumes. It does not apply to the management account and to service-linked roles.
   *
   * @throws Error if an exemption is not valid
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html
   */
  public static denyImdsv1Credentials(props: ImdsStatementProps = {}): iam.PolicyStatement[] {
    return imdsv1Credentials(checked(props, STATEMENT));
  }

  /**
   * Denies every change of the account defaults (`ModifyInstanceMetadataDefaults`).
   *
   * Exempt the principal that sets them: `ImdsAccountDefaults.ROLE_ARN_PATTERN`. Protect that role and its function with `denyUndoingGuardrails()`,
   * otherwise other principals can use them. It allows reading the defaults. It does not apply to the management account, to service-linked roles,
   * and to a declarative policy, which overrides account defaults.
   *
   * @throws Error if an exemption is not valid
   */
  public static denyChangingAccountDefaults(props: ImdsStatementProps = {}): iam.PolicyStatement[] {
    return changingAccountDefaults(checked(props, STATEMENT));
  }

  /**
   * Denies account defaults without required tokens, without their enforcement, or with a hop limit above `maxHopLimit`.
   *
   * `no-preference` counts as weaker for tokens and enforcement. It allows stricter values, and calls that do not set these options. It does not
   * apply to the management account and to service-linked roles. Exempt the role that deletes an `ImdsAccountDefaults`:
   * `ImdsAccountDefaults.ROLE_ARN_PATTERN`.
   *
   * @throws Error if the limit is not one that EC2 accepts, or an exemption is not valid
   */
  public static denyWeakeningAccountDefaults(props: ImdsWeakeningStatementProps = {}): iam.PolicyStatement[] {
    return weakeningAccountDefaults(checked(props, WEAKENING));
  }

  /**
   * Denies the removal of guardrails: turning off or configuring hooks, leaving the organization, changing or detaching its policies,
   * and taking over, changing or stopping the roles, functions, rules, stacks and stack sets that guardrails use.
   *
   * Exempt the principals that deploy them: the principal that calls CloudFormation, and the role that it passes, which creates the resources and invokes the
   * function of a custom resource. With CDK, use `cdk-platform-deploy-role-*` and `cdk-platform-cfn-exec-role-*` of a bootstrap with its own qualifier,
   * `platform` here, because every principal of an account can take the default roles. Also exempt principals that manage policies from a delegated
   * administrator account. Protect the exempt principals with `denyTakingExemptPrincipals()`.
   *
   * For hooks it denies the calls for all extensions of CloudFormation, because `SetTypeConfiguration` and similar actions have no resource types.
   * `exemptRegions` applies only to hooks: roles and Organizations have one Region for all, and a function in one Region acts in all of them with its
   * role. The roles of stack sets with service-managed permissions (`stacksets-exec-*`) are exempt, and are protected. Exempt
   * `arn:*:iam::*:role/AWSControlTowerExecution` in a landing zone of AWS Control Tower, which creates its own hooks.
   *
   * It does not apply to the management account, to service-linked roles, and to principals that manage stack sets of the organization. It does not
   * protect logs of functions, alarms, and the S3 object with the rules of a hook. It does not deny reads.
   *
   * @throws Error if a name, an ARN or an exemption is not valid
   */
  public static denyUndoingGuardrails(props: ImdsGuardrailStatementProps = {}): iam.PolicyStatement[] {
    return undoingGuardrails(checked(props, GUARDRAIL));
  }

  /**
   * Denies creating, changing, tagging, deleting and passing the roles, and creating and changing the users, that other statements exempt. Otherwise
   * any administrator of an account can create a role with that name, which is then exempt.
   *
   * Allows `exemptPrincipalArns`, which are protected in the same way, and stack sets with service-managed permissions. Without `exemptPrincipalArns`
   * no other principal can create or pass an exempt role. Passing is also denied, because a principal that passes a role to its own function or instance can use it.
   * `exemptRegions` has no effect, because IAM has one Region for all.
   *
   * Root users are not protected, because they cannot be created. Neither are roles that only AWS creates (`role/aws-reserved/*`, `role/aws-service-role/*`), nor
   * patterns that match every principal of an account.
   *
   * It does not reach the management account, service-linked roles, and principals that manage stack sets of the organization. If an exempt role already
   * exists, it does not reach principals in its trust policy, principals that can change an identity provider that it trusts, or principals that can change the code of
   * a resource that has it, get into an instance with it, or write the version of a launch template that a group follows.
   *
   * @param principalArns the principals that are exempt elsewhere, as in `exemptPrincipalArns`
   * @throws Error if there are none, or one is not the ARN of a principal, or an exemption is not valid
   */
  public static denyTakingExemptPrincipals(principalArns: string[], props: ImdsExemptPrincipalStatementProps = {}): iam.PolicyStatement[] {
    return takingExemptPrincipals(principalArns, checked(props, EXEMPT_PRINCIPAL));
  }

  /**
   * Denies launch configurations without `HttpTokens` required, and with `maxHopLimit` those with a higher hop limit.
   *
   * A launch configuration without tokens is denied. It does not apply to existing launch configurations, to the management account and to
   * service-linked roles.
   *
   * @throws Error if the limit is not one that EC2 accepts, or an exemption is not valid
   */
  public static denyLaunchConfigurationsWithoutTokens(props: ImdsLaunchConfigurationStatementProps = {}): iam.PolicyStatement[] {
    return launchConfigurations(checked(props, LAUNCH_CONFIGURATION));
  }

  /**
   * Denies Auto Scaling groups that follow `$Latest` or `$Default` of a launch template, because any principal that can change the template can weaken them.
   *
   * It allows a version number, and updates that do not set the launch template. With `denyLaunchConfigurations` it also denies groups with a launch
   * configuration. It does not check the content of the version. It does not apply to groups that are created from an `InstanceId`, to existing
   * groups, to the management account and to service-linked roles.
   *
   * @throws Error if an exemption is not valid
   */
  public static denyGroupsWithoutTemplateVersion(props: ImdsGroupStatementProps = {}): iam.PolicyStatement[] {
    return groupsWithoutTemplateVersion(checked(props, GROUP));
  }

  /**
   * Denies infrastructure configurations of EC2 Image Builder without `HttpTokens` required, new or updated.
   *
   * Unset tokens are denied. It does not apply to existing configurations, to the management account and to service-linked roles.
   *
   * @throws Error if an exemption is not valid
   */
  public static denyImageBuilderWithoutTokens(props: ImdsStatementProps = {}): iam.PolicyStatement[] {
    return imageBuilder(checked(props, STATEMENT));
  }

  /**
   * Denies SageMaker notebook instances that are created without a minimum version of 2, or updated to a lower one.
   *
   * It allows updates that do not set the version. It does not apply to existing notebook instances, to the management account and to service-linked
   * roles.
   *
   * @throws Error if an exemption is not valid
   */
  public static denyNotebooksWithoutTokens(props: ImdsStatementProps = {}): iam.PolicyStatement[] {
    return notebooks(checked(props, STATEMENT));
  }

  /**
   * Returns the statements, and one that allows everything else. A permissions boundary needs it, because the boundary only limits what other
   * policies allow.
   *
   * Put them into your own boundary, or use `ImdsManagedPolicy`. Never attach them as an ordinary policy: it would grant all permissions.
   *
   * @param statements the statements that deny
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  public static forPermissionsBoundary(statements: iam.PolicyStatement[]): iam.PolicyStatement[] {
    checkStatements(statements);
    return [new iam.PolicyStatement({ sid: 'AllowEverythingElse', effect: iam.Effect.ALLOW, actions: ['*'], resources: ['*'] }), ...statements];
  }

  private constructor() {}
}
