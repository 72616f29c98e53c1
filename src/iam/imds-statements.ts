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
 * Every statement denies, and grants nothing. Sids stay as they are, and Resources name every partition. As a service control policy a statement
 * reaches every principal of the accounts below its target, root users included. It never reaches the management account and service-linked
 * roles: what Auto Scaling, Spot Fleet and EC2 Fleet launch by theirs goes past it, and templates, account defaults with `httpTokensEnforced` and
 * the declarative policy cover that.
 *
 * An exemption is as safe as it is hard to make, or take over, a role that it names: `denyTakingExemptPrincipals()` sees to that.
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
   * The request or the launch template that it names has to say it: an account default or an AMI that would require tokens does not count,
   * since IAM is not told of them.
   * Lets through what requires tokens, with `allowUnset` what leaves them to the account default, and with `allowDisabledEndpoint` what turns the
   * service off.
   *
   * Reached as well: `CreateAutoScalingGroup` and `UpdateAutoScalingGroup` with a launch template, since Auto Scaling checks then whether the caller
   * may launch from it; an EC2 Fleet of type `instant`, which launches by the caller, as Karpenter does. Karpenter tries a launch out by a dry run that
   * may not say it: exempt its role, or set `allowUnset`.
   *
   * Not reached: launches by a service-linked role, later ones of an Auto Scaling group and those of other fleets; `CreateFleet`,
   * `RequestSpotFleet` and `CreateLaunchTemplate`, which have no condition keys for it; instances that run already.
   *
   * @throws Error where an exemption is not valid
   */
  public static denyLaunchWithoutTokens(props: ImdsLaunchStatementProps = {}): iam.PolicyStatement[] {
    return launchWithoutTokens(checked(props, LAUNCH));
  }

  /**
   * Denies `RunInstances` with a hop limit above `max`, and with `denyUnset` without one.
   *
   * Lets through a limit of `max` or below. Without `denyUnset` it lets an unset limit through as well: `NumericGreaterThan` is not met by a key
   * that is absent. Who is not reached: as with `denyLaunchWithoutTokens()`.
   *
   * @param max the highest hop limit that is let through, 1-64: 1 for hosts, 2 where containers run
   * @throws Error where the limit is not one that EC2 takes, or an exemption is not valid
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
   * @throws Error where an exemption is not valid
   */
  public static denyLaunchWithEndpointDisabled(props: ImdsStatementProps = {}): iam.PolicyStatement[] {
    return launchWithEndpointDisabled(checked(props, STATEMENT));
  }

  /**
   * Denies `RunInstances` unless the endpoint is turned off: for accounts whose instances need no role.
   *
   * An endpoint that is not said is denied too, since it is enabled then. Lets through what says `disabled`.
   * Who is not reached: as with `denyLaunchWithoutTokens()`.
   *
   * @throws Error where an exemption is not valid
   */
  public static denyLaunchWithEndpointEnabled(props: ImdsStatementProps = {}): iam.PolicyStatement[] {
    return launchWithEndpointEnabled(checked(props, STATEMENT));
  }

  /**
   * Denies `RunInstances` with instance tags in the metadata.
   *
   * Lets through tags that are disabled or not said, though an account default may turn them on. Who is not reached: as with
   * `denyLaunchWithoutTokens()`.
   *
   * @throws Error where an exemption is not valid
   */
  public static denyLaunchWithMetadataTags(props: ImdsStatementProps = {}): iam.PolicyStatement[] {
    return launchWithMetadataTags(checked(props, STATEMENT));
  }

  /**
   * Denies `ModifyInstanceMetadataOptions` that asks for optional tokens, for a hop limit above `maxHopLimit`, or turns the endpoint on without
   * requiring tokens in the same call.
   *
   * Lets through the repair of an instance that has IMDSv1, also when it says `HttpEndpoint` enabled as AWS asks for, a call that leaves these
   * options alone, and a hop limit of `maxHopLimit` or below. A call that turns the endpoint on and requires tokens passes: the instance answers
   * IMDSv2 alone after it. One that does not say tokens is denied, since what they are then is not in the call. It is the same where EC2 does not
   * tell whether the endpoint is on.
   *
   * Not reached: the management account and service-linked roles; what an instance was launched with.
   *
   * @throws Error where the limit is not one that EC2 takes, or an exemption is not valid
   */
  public static denyWeakeningInstances(props: ImdsWeakeningStatementProps = {}): iam.PolicyStatement[] {
    return weakeningInstances(checked(props, WEAKENING));
  }

  /**
   * Denies every `ModifyInstanceMetadataOptions` but by the named principals: instead of `denyWeakeningInstances()`, where one team repairs.
   *
   * It denies repairs by everybody else as well. Not reached: the management account and service-linked roles.
   *
   * @param principalArns the principals that may call it, as in `exemptPrincipalArns`
   * @throws Error where there are none, or one is not the ARN of a principal
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
   * Lets through credentials from IMDSv2, and every call that does not come with credentials of an instance's role: people, Lambda, ECS tasks,
   * pods with a role of their own, roles that an instance assumes by itself. Not reached: the management account and service-linked roles.
   *
   * @throws Error where an exemption is not valid
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html
   */
  public static denyImdsv1Credentials(props: ImdsStatementProps = {}): iam.PolicyStatement[] {
    return imdsv1Credentials(checked(props, STATEMENT));
  }

  /**
   * Denies every change of the account defaults (`ModifyInstanceMetadataDefaults`).
   *
   * Exempt the principal that sets them: `ImdsAccountDefaults.ROLE_ARN_PATTERN`. Protect that role and its function with
   * `denyUndoingGuardrails()`, otherwise other principals can use them. Reading them passes. Not reached: the management account, service-linked
   * roles, and a declarative policy, which is above the account defaults.
   *
   * @throws Error where an exemption is not valid
   */
  public static denyChangingAccountDefaults(props: ImdsStatementProps = {}): iam.PolicyStatement[] {
    return changingAccountDefaults(checked(props, STATEMENT));
  }

  /**
   * Denies account defaults without required tokens, without their enforcement, or with a hop limit above `maxHopLimit`.
   *
   * `no-preference` counts as weakening for tokens and enforcement. Lets through what tightens, and a call that leaves these options alone. Not
   * reached: the management account and service-linked roles. Exempt the role that deletes an `ImdsAccountDefaults`:
   * `ImdsAccountDefaults.ROLE_ARN_PATTERN`.
   *
   * @throws Error where the limit is not one that EC2 takes, or an exemption is not valid
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
   * Hooks are denied with all other extensions of CloudFormation: `SetTypeConfiguration` and its like know no resources. `exemptRegions` holds for hooks
   * alone: roles and Organizations have one Region for all, and a function in one Region acts in all of them by its role. The roles of stack sets with
   * service-managed permissions (`stacksets-exec-*`) are exempt, and guarded themselves. Exempt `arn:*:iam::*:role/AWSControlTowerExecution` in a
   * landing zone of AWS Control Tower, which sets up hooks of its own.
   *
   * Not reached: the management account and service-linked roles; whoever manages stack sets of the organization; reading anything; the logs of
   * functions, and alarms; the object in S3 that a hook has its rules from.
   *
   * @throws Error where a name, an ARN or an exemption is not valid
   */
  public static denyUndoingGuardrails(props: ImdsGuardrailStatementProps = {}): iam.PolicyStatement[] {
    return undoingGuardrails(checked(props, GUARDRAIL));
  }

  /**
   * Denies making, changing, tagging, deleting and passing the roles, and making and changing the users, that other statements
   * exempt. Otherwise any administrator of an account can create a role with that name, which is then exempt.
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
   * @throws Error where there are none, or one is not the ARN of a principal, or an exemption is not valid
   */
  public static denyTakingExemptPrincipals(principalArns: string[], props: ImdsExemptPrincipalStatementProps = {}): iam.PolicyStatement[] {
    return takingExemptPrincipals(principalArns, checked(props, EXEMPT_PRINCIPAL));
  }

  /**
   * Denies launch configurations without `HttpTokens` required, and with `maxHopLimit` those with a higher hop limit.
   *
   * A launch configuration that leaves tokens unset is denied. Not reached: launch configurations that are there already, the management account
   * and service-linked roles.
   *
   * @throws Error where the limit is not one that EC2 takes, or an exemption is not valid
   */
  public static denyLaunchConfigurationsWithoutTokens(props: ImdsLaunchConfigurationStatementProps = {}): iam.PolicyStatement[] {
    return launchConfigurations(checked(props, LAUNCH_CONFIGURATION));
  }

  /**
   * Denies Auto Scaling groups that follow `$Latest` or `$Default` of a launch template, because any principal that can change the template can weaken them.
   *
   * Lets through a version number, and updates that leave the launch template alone; with `denyLaunchConfigurations` nothing that names a launch
   * configuration. The version itself is not looked at. Not reached: groups that are made from an `InstanceId`, groups that are there already, the
   * management account and service-linked roles.
   *
   * @throws Error where an exemption is not valid
   */
  public static denyGroupsWithoutTemplateVersion(props: ImdsGroupStatementProps = {}): iam.PolicyStatement[] {
    return groupsWithoutTemplateVersion(checked(props, GROUP));
  }

  /**
   * Denies infrastructure configurations of EC2 Image Builder without `HttpTokens` required, new or updated.
   *
   * Tokens that are not said are denied. Not reached: build instances of configurations that are there already, the management account and
   * service-linked roles.
   *
   * @throws Error where an exemption is not valid
   */
  public static denyImageBuilderWithoutTokens(props: ImdsStatementProps = {}): iam.PolicyStatement[] {
    return imageBuilder(checked(props, STATEMENT));
  }

  /**
   * Denies SageMaker notebook instances that are made without a minimum version of 2, or updated to less.
   *
   * Lets through updates that leave the version alone. Not reached: notebook instances that are there already, the management account and
   * service-linked roles.
   *
   * @throws Error where an exemption is not valid
   */
  public static denyNotebooksWithoutTokens(props: ImdsStatementProps = {}): iam.PolicyStatement[] {
    return notebooks(checked(props, STATEMENT));
  }

  /**
   * The statements, and one that allows everything else: what a permissions boundary needs, since it bounds what other policies allow and allows
   * nothing by itself.
   *
   * Put them into a boundary of your own, or let `ImdsManagedPolicy` make one. Attached as an ordinary policy they would make administrators.
   *
   * @param statements what is denied
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  public static forPermissionsBoundary(statements: iam.PolicyStatement[]): iam.PolicyStatement[] {
    checkStatements(statements);
    return [new iam.PolicyStatement({ sid: 'AllowEverythingElse', effect: iam.Effect.ALLOW, actions: ['*'], resources: ['*'] }), ...statements];
  }

  private constructor() {}
}
