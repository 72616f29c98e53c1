import { ACCOUNT_DEFAULT_CONTROLS, HOP_LIMIT_CONTROLS, TOKEN_CONTROLS } from './controls';
import type { Rule } from './rule';

const EC2_GUIDE = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide';
const OUR_DOCS = 'https://github.com/cdk-imdsv2/cdk-imdsv2/blob/main/docs';
const UPDATE_BEHAVIORS = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html';

/** All texts and data of each rule. The ids are public, because acknowledgements name them. An id is never reused. */
const TABLE = {
  'Imdsv2::TokensRequired': {
    title: 'instance metadata requires a session token',
    explanation: sentences(
      'Every EC2 instance can read data about itself at 169.254.169.254. This data includes the credentials of the instance role.',
      'With IMDSv1, one GET request is enough: an attacker who makes a program on the instance fetch a URL gets the credentials.',
      'IMDSv2 needs a session token first, and such a request cannot get one.',
      'IMDSv1 stays available until tokens are required, even if all software on the instance uses IMDSv2.',
    ),
    fix: 'set HttpTokens to \'required\', or set the equivalent property of the service',
    see: `${EC2_GUIDE}/configuring-instance-metadata-options.html`,
    severity: 'error',
    securitySeverity: 8.0,
    foundBy: 'check',
    isAboutTokens: true,
    controls: TOKEN_CONTROLS,
  },
  'Imdsv2::OptionsUnreadable': {
    title: 'metadata options are known at synthesis',
    explanation: sentences(
      'The value of the metadata options is only known at deployment, or it is not a valid value for options.',
      'The library cannot tell whether tokens are required, and enforcement does not change the value.',
      'If the value allows IMDSv1, you get no other warning.',
    ),
    fix: 'write the options as an object, or require tokens where the value is defined, and acknowledge',
    see: `${EC2_GUIDE}/configuring-instance-metadata-options.html`,
    severity: 'error',
    securitySeverity: 8.0,
    foundBy: 'check',
    isAboutTokens: true,
  },
  'Imdsv2::ValueNotAccepted': {
    title: 'every metadata option has a value that AWS accepts',
    explanation: sentences(
      'Each option accepts only certain values: lowercase words, or a whole number from 1 to 64.',
      'With any other value, the deployment fails, or a later launch fails: for example, an Auto Scaling group cannot scale out.',
    ),
    fix: 'use an accepted value: with any other value, the deployment or the launch fails',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-instance-metadataoptions.html',
    severity: 'error',
    foundBy: 'check',
  },
  'Imdsv2::OptionsIgnored': {
    title: 'metadata options are set where the service reads them',
    explanation: sentences(
      'Some services read metadata options in a property only if another property has a certain value.',
      'For example, EC2 reads the options in a fleet override only if the fleet type is instant. If no type is given, CloudFormation creates a fleet of type maintain.',
      'If it does not, the options have no effect, but the template looks as if they did.',
    ),
    fix: 'remove the options here, and set them where the service reads them',
    see: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_FleetLaunchTemplateOverridesRequest.html',
    severity: 'warning',
    securitySeverity: 5.0,
    foundBy: 'check',
  },
  'Imdsv2::CannotBeSet': {
    title: 'the resource has a property that requires IMDSv2 on its instances',
    explanation: sentences(
      'The service launches instances for you. This resource has no property that requires IMDSv2 on them, and it refers to no resource that has one.',
      'Another setting applies instead, such as the account default of the Region. It is not visible in the app.',
      'If that setting allows IMDSv1, the instances allow it too, whatever the rest of the app says.',
    ),
    fix: 'require IMDSv2 in the setting that applies, and acknowledge',
    see: `${EC2_GUIDE}/configuring-IMDS-new-instances.html`,
    severity: 'warning',
    securitySeverity: 5.0,
    foundBy: 'check',
    isAboutTokens: true,
    controls: ACCOUNT_DEFAULT_CONTROLS,
  },
  'Imdsv2::LaunchSourceMissing': {
    title: 'the resource uses a launch template or a security configuration that can require IMDSv2',
    explanation: sentences(
      'This resource launches instances and has no property for their metadata options. It can use a resource that has one: a launch template, or an EMR security configuration.',
      'It uses none, so another setting applies, such as the account default of the Region. That setting is not visible in the app.',
      'If that setting allows IMDSv1, the instances allow it too, whatever the rest of the app says.',
    ),
    fix: 'set the property that the finding names, or require IMDSv2 by the account default or a declarative policy, and acknowledge',
    see: `${EC2_GUIDE}/configuring-IMDS-new-instances.html`,
    severity: 'warning',
    securitySeverity: 5.0,
    foundBy: 'check',
    isAboutTokens: true,
  },
  'Imdsv2::ReleaseTooOld': {
    title: 'the release of a service supports IMDSv2',
    explanation: sentences(
      'Before tokens can be required, all components of an EMR cluster must support IMDSv2. The components of older releases do not.',
      'A cluster with an older release does not start if its security configuration requires tokens.',
      'So enforcement does not change that configuration, and the instances of the cluster allow IMDSv1 until you upgrade the release.',
    ),
    fix: 'use a newer release, or acknowledge that the instances allow IMDSv1',
    see: 'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-create-security-configuration.html',
    severity: 'error',
    securitySeverity: 5.0,
    foundBy: 'check',
    isAboutTokens: true,
  },
  'Imdsv2::ReplacesResource': {
    title: 'enforcement changes the resource without replacing it',
    explanation: sentences(
      'CloudFormation cannot change this property of a deployed resource. It creates a new resource and deletes the old one.',
      'The effect depends on the type: the instances of a fleet are terminated, and the data on the disk of a WorkSpaces instance is lost.',
      'A new launch configuration does not change running instances, unless the UpdatePolicy of the group replaces them. A new security configuration replaces every cluster that uses it.',
      'Enforcement has made the change, so the next deployment replaces the resource. The first deployment of a stack replaces nothing.',
    ),
    fix: 'deploy when the replacement is acceptable, and acknowledge',
    see: UPDATE_BEHAVIORS,
    severity: 'warning',
    foundBy: 'enforcement',
  },
  'Imdsv2::NameBlocksReplacement': {
    title: 'a resource that enforcement replaces has no fixed name',
    explanation: sentences(
      'CloudFormation cannot change this property of a deployed resource. It creates a new resource before it deletes the old one.',
      'Both would have the same name, because the template sets it. So the stack update fails and CloudFormation rolls it back.',
    ),
    fix: 'remove or change the name in this deployment, or set avoidReplacement',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html',
    severity: 'warning',
    foundBy: 'enforcement',
  },
  'Imdsv2::ReplacesFollower': {
    title: 'a new launch template version does not replace an instance or a fleet',
    explanation: sentences(
      'Enforcement changed a launch template, so the next deployment creates a new version of it.',
      'An instance or a fleet that uses LatestVersionNumber then gets a new version number, and CloudFormation replaces it.',
      'Data on the instance is lost.',
    ),
    fix: 'set the version to the deployed number, or deploy when the replacement is acceptable, and acknowledge',
    see: UPDATE_BEHAVIORS,
    severity: 'warning',
    foundBy: 'enforcement',
  },
  'Imdsv2::VersionNotFollowed': {
    title: 'a resource launches the version of its launch template that the app defines',
    explanation: sentences(
      'A change to a launch template creates a new version. The old versions stay as they are.',
      'A resource that uses a fixed version, or the default version (CloudFormation never changes which one that is), still launches the old version.',
      'So the template may require tokens while the instances allow IMDSv1, and the app does not show it.',
    ),
    fix: 'use the LatestVersionNumber of the launch template, or check that this version requires tokens, and acknowledge',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-launchtemplate.html',
    severity: 'warning',
    securitySeverity: 5.0,
    foundBy: 'check',
    isAboutTokens: true,
  },
  'Imdsv2::LatestNotLookedUp': {
    title: 'a service uses the new version of a launch template that enforcement changed',
    explanation: sentences(
      'EKS and Batch resolve $Latest when a deployment changes the node group or the compute environment itself. They do not resolve it again when the launch template gets a new version.',
      'Enforcement changed only the launch template, so they still launch the old version. If that version allows IMDSv1, new instances do too.',
    ),
    fix: 'use the LatestVersionNumber of the launch template, or update the node group or compute environment after the deployment, and acknowledge',
    see: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_LaunchTemplateSpecification.html',
    severity: 'warning',
    securitySeverity: 5.0,
    foundBy: 'enforcement',
    isAboutTokens: true,
  },
  'Imdsv2::LaunchSourceUnknown': {
    title: 'the app defines the launch template or group that a resource launches from',
    explanation: sentences(
      'A group or a fleet launches instances from a launch template. This launch template is not in the app, or is only known at deployment.',
      'So the app does not decide whether the instances require tokens. Another team may, and their choice can change without a change in this app.',
    ),
    fix: 'require IMDSv2 where it is defined, and acknowledge',
    see: `${EC2_GUIDE}/configuring-IMDS-new-instances.html`,
    severity: 'warning',
    securitySeverity: 5.0,
    foundBy: 'check',
    isAboutTokens: true,
  },
  'Imdsv2::ContainerHopLimit': {
    title: 'containers can get a session token',
    explanation: sentences(
      'The hop limit says how many network hops the response with the session token can travel. A container on a bridge network is one hop further away than the host.',
      'With a limit of 1, the container never gets a token.',
      'IMDSv1 does not use the hop limit, so the problem appears only when tokens are required. Software in containers then gets no credentials and no Region.',
    ),
    fix: 'increase the hop limit, or apply ContainerHost: below 2, containers on a bridge network get no token',
    see: `${EC2_GUIDE}/instancedata-data-retrieval.html#imds-considerations`,
    severity: 'warning',
    foundBy: 'check',
  },
  'Imdsv2::HopLimitTooHigh': {
    title: 'the hop limit is not higher than necessary',
    explanation: sentences(
      'The hop limit keeps the session token on the instance.',
      'With a high limit, a token can leave the instance through a proxy, a VPN or a NAT on it. An attacker can then use the token to get the credentials of the role.',
      'A limit of 1 is enough for processes on the host, and 2 for containers.',
    ),
    fix: 'lower the hop limit, or raise maxHopLimit',
    see: `${EC2_GUIDE}/configuring-instance-metadata-options.html`,
    severity: 'warning',
    securitySeverity: 3.0,
    foundBy: 'check',
    controls: HOP_LIMIT_CONTROLS,
  },
  'Imdsv2::Ipv6NotSupported': {
    title: 'the IPv6 endpoint is enabled only if the instance type and the subnet support IPv6',
    explanation: sentences(
      'The metadata service answers over IPv6 only on Nitro instances, and only in a subnet with IPv6.',
      'On other instance types and in other subnets, a launch with the IPv6 endpoint enabled fails.',
      'For a launch template or a group, you see the failure only at the next launch.',
    ),
    fix: 'use a Nitro instance type and a subnet with IPv6; if the app does not show them, set HttpProtocolIpv6 on the resource yourself',
    see: `${EC2_GUIDE}/configuring-instance-metadata-options.html`,
    severity: 'error',
    foundBy: 'check',
  },
  'Imdsv2::TagKeyNotAllowed': {
    title: 'instance tags are in the metadata only if EC2 allows every tag key there',
    explanation: sentences(
      'In instance metadata, each tag key is part of a path.',
      'EC2 refuses to launch an instance with tags in the metadata if a tag key has a space or a slash.',
      'The tag key can come from the resource, the stack, the app, or a service such as EKS.',
    ),
    fix: 'use only letters, digits and + - = . , _ : @ in tag keys, or disable InstanceMetadataTags: otherwise the launch fails',
    see: `${EC2_GUIDE}/work-with-tags-in-IMDS.html`,
    severity: 'error',
    foundBy: 'check',
  },
  'Imdsv2::EndpointNeeded': {
    title: 'the metadata service is disabled only if nothing on the instance needs it',
    explanation: sentences(
      'A disabled metadata service answers no requests, so nobody can misuse it.',
      'But an instance also gets its user data, SSH keys and role credentials through the metadata service. An instance that needs one of them starts, but does not work.',
      'So enforcement disables the service only if it finds no such need.',
    ),
    fix: 'leave it enabled, or acknowledge to disable it anyway: the instance then gets no user data, SSH key or role credentials',
    see: `${EC2_GUIDE}/configuring-instance-metadata-options.html`,
    severity: 'warning',
    foundBy: 'enforcement',
  },
  'Imdsv2::UserDataCallsImdsv1': {
    title: 'scripts send a session token when they read metadata',
    explanation: sentences(
      'User data often reads metadata with curl or a similar program. Commands of AWS::CloudFormation::Init, Image Builder, Systems Manager, ECS and Batch do the same.',
      'When IMDSv2 is required, a request without a session token is refused.',
      'Many scripts then continue with an empty value, and something else fails later.',
    ),
    fix: 'get a token once in the script and send it with each request; your script was not changed, UserDataScanner.scan() returns it rewritten',
    see: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html',
    severity: 'warning',
    foundBy: 'check',
  },
  'Imdsv2::StillUsesImdsv1': {
    title: 'with onlyWhereReady, no software still uses IMDSv1',
    explanation: sentences(
      'With onlyWhereReady, enforcement checks the usage record before it requires tokens.',
      'Software on these instances has called IMDSv1 recently. It would be refused when tokens are required.',
      'So enforcement does not change the resource, which may allow IMDSv1. Everything else that uses the same launch template stays unchanged too.',
    ),
    fix: 'update that software, and synthesize again when the record says ready; to require IMDSv2 now, apply new RequireImdsv2() to the resource',
    see: `${EC2_GUIDE}/instance-metadata-transition-to-version-2.html`,
    severity: 'warning',
    securitySeverity: 5.0,
    foundBy: 'enforcement',
    isAboutTokens: true,
  },
  'Imdsv2::UsageUnknown': {
    title: 'with onlyWhereReady, the usage record covers every resource',
    explanation: sentences(
      'With onlyWhereReady, enforcement checks the usage record before it requires tokens.',
      'The record does not say whether software on these instances uses IMDSv1: no monitor watches the account or the Region, or not for long enough yet.',
      'So enforcement does not change the resource, which may allow IMDSv1.',
    ),
    fix: 'monitor its account and Region, and synthesize again when the record says ready; to require IMDSv2 now, apply new RequireImdsv2() to the resource',
    see: `${EC2_GUIDE}/instance-metadata-transition-to-version-2.html`,
    severity: 'warning',
    securitySeverity: 5.0,
    foundBy: 'enforcement',
    isAboutTokens: true,
  },
  'Imdsv2::Imdsv1Refused': {
    title: 'no software calls IMDSv1 on instances that require IMDSv2',
    explanation: sentences(
      'The usage record says that these instances require tokens, but software on them still calls IMDSv1.',
      'Each such call is refused. The software gets no role credentials, or continues without the data that it asked for.',
      'Enforcement keeps tokens required: it never allows IMDSv1 again unless you ask for it.',
    ),
    fix: 'update that software; to allow IMDSv1 again for a while, exempt the resource from Imdsv2::TokensRequired',
    see: `${EC2_GUIDE}/instance-metadata-transition-to-version-2.html`,
    severity: 'warning',
    foundBy: 'enforcement',
  },
  'Imdsv2::RequiredBeforeReady': {
    title: 'with onlyWhereReady, no resource requires IMDSv2 before it is ready',
    explanation: sentences(
      'The usage record says that the newest instances require tokens, and that older instances called IMDSv1 recently, or may have.',
      'When the older instances are replaced, their software is refused.',
      'Enforcement keeps tokens required: a newer record never removes a requirement that is in place.',
    ),
    fix: 'update that software before its instances are replaced; to allow IMDSv1 again for a while, exempt the resource from Imdsv2::TokensRequired',
    see: `${EC2_GUIDE}/instance-metadata-transition-to-version-2.html`,
    severity: 'warning',
    foundBy: 'enforcement',
  },
  'Imdsv2::SdkTooOld': {
    title: 'every SDK supports IMDSv2',
    explanation: sentences(
      'AWS SDKs and tools read instance metadata to get the role credentials and the Region. Versions from before 2019 or 2020 do so without a session token.',
      'When IMDSv2 is required, their requests are refused. The software has no credentials, and its error message may not say why.',
      'A version in a lock file is used until somebody updates it, even if it is a dependency of another package.',
      'A check finds them in the files that you name with the sdks property.',
    ),
    fix: 'update it before you require IMDSv2, or acknowledge if it never runs on an EC2 instance',
    see: `${EC2_GUIDE}/use-a-supported-sdk-version-for-imdsv2.html`,
    severity: 'warning',
    foundBy: 'dependencies',
  },
  'Imdsv2::SdkUnknown': {
    title: 'the version of every SDK is known',
    explanation: sentences(
      'Some files do not pin the version of an SDK, and some files cannot be read. The software may or may not support IMDSv2.',
      'There is one warning for all of them, which names the first. Reports list all of them, with the reason.',
      'A check finds them in the files that you name with the sdks property.',
    ),
    fix: 'pin the version in a lock file, or acknowledge: a report lists all of them',
    see: `${OUR_DOCS}/sdk-support.md`,
    severity: 'warning',
    foundBy: 'dependencies',
  },
  'Imdsv2::ExemptionExpired': {
    title: 'no exemption has expired',
    explanation: sentences(
      'The exemption allows this scope to break a rule until a certain day, and that day has passed.',
      'The exemption is no longer valid: enforcement changes the resources again, and checks report them again.',
      'If it stays in the code, it misleads the reader.',
    ),
    fix: 'remove the exemption, or give it a later expires date if it is still needed',
    see: `${OUR_DOCS}/exemptions.md`,
    severity: 'warning',
    securitySeverity: 5.0,
    foundBy: 'check',
    neverExempt: 'it goes away when the exemption is removed or gets a later expires date',
  },
  'Imdsv2::ExemptionExpiring': {
    title: 'no exemption is about to expire',
    explanation: sentences(
      'The exemption of this scope ends within 30 days.',
      'From that day, enforcement requires IMDSv2 in this scope, and software that still needs IMDSv1 stops working after the next deployment.',
      'Until then, its owner must change that software or extend the exemption.',
    ),
    fix: 'update the software before the exemption ends, or give it a later expires date',
    see: `${OUR_DOCS}/exemptions.md`,
    severity: 'warning',
    securitySeverity: 2.0,
    foundBy: 'check',
    neverExempt: 'it goes away when the exemption is removed or gets a later expires date',
  },
  'Imdsv2::ExemptionWithoutEffect': {
    title: 'an exempt resource does not get its tokens from one that is not exempt',
    explanation: sentences(
      'The exemption allows IMDSv1 on a resource that launches instances. But the resource leaves its metadata options to a launch template or a similar resource, which is not exempt.',
      'So enforcement requires tokens there, and checks report it there, as if there were no exemption.',
      'Software that still needs IMDSv1 stops working after the next deployment.',
    ),
    fix: 'exempt that one instead, or remove the exemption',
    see: `${OUR_DOCS}/exemptions.md`,
    severity: 'warning',
    foundBy: 'check',
  },
  'Imdsv2::UnknownRule': {
    title: 'every acknowledged id is a rule id',
    explanation: sentences(
      'CDK accepts any id in an acknowledgement, even a misspelled one.',
      'An acknowledgement with a wrong id has no effect: the finding is still reported, and enforcement still changes the resource.',
    ),
    fix: 'acknowledge the id that the finding shows, or remove the acknowledgement',
    see: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.Validations.html',
    severity: 'warning',
    foundBy: 'check',
  },
  'Imdsv2::StageNotEnforced': {
    title: 'enforcement reaches every stage before it is synthesized',
    explanation: sentences(
      'Aspects of an app do not visit its stages, so Imdsv2.enforce() adds itself to each stage that exists at the time of the call.',
      'It does not reach a stage that is created later or was synthesized before, so resources in that stage may still allow IMDSv1.',
      'In CDK Pipelines, addStage() synthesizes the stage at once.',
      'If enforcement would have changed anything in the stage, the synthesis fails.',
    ),
    fix: 'call Imdsv2.enforce(this) in the constructor of the stage, or call Imdsv2.enforce(app) after you create the stage and before addStage()',
    see: `${OUR_DOCS}/stages.md`,
    severity: 'error',
    securitySeverity: 8.0,
    foundBy: 'enforcement',
    neverExempt: 'enforcement did not visit the stage, so it is unknown what it would have changed',
  },
  'Imdsv2::ChangedAfterEnforcement': {
    title: 'no aspect weakens or adds resources after enforcement',
    explanation: sentences(
      'Enforcement runs after every aspect with a priority below 999.',
      'An aspect that runs later, or that changes other constructs than the one it visits, can undo enforcement.',
      'It can make tokens optional, add a resource, or change which resources use a launch template.',
      'Then the template would not match what enforcement reported, so the synthesis fails.',
    ),
    fix: 'give the aspect a priority below 999, and change only the construct that it visits; do not add launches from a launch template during synthesis',
    see: `${OUR_DOCS}/warnings.md`,
    severity: 'error',
    securitySeverity: 8.0,
    foundBy: 'enforcement',
    neverExempt: 'it means that enforcement was undone: to allow IMDSv1 on a resource, exempt it from \'Imdsv2::TokensRequired\'',
  },
} satisfies { readonly [id: `Imdsv2::${string}`]: Rule };

/** The id of a rule. */
export type RuleId = keyof typeof TABLE;

/** Every rule, by its id. */
export const RULES: { readonly [id in RuleId]: Rule } = TABLE;

/** The ids of all rules, in the order of the table. */
export const RULE_IDS = Object.keys(RULES) as readonly RuleId[];

/** The ids of the rules that every tool checks in an app. The others are about enforcement, or about more than the app. */
export const CHECKED_RULE_IDS: readonly RuleId[] = RULE_IDS.filter(id => RULES[id].foundBy === 'check');

/** The ids of the rules that the validator checks. */
export const VALIDATED_RULE_IDS: readonly RuleId[] = RULE_IDS.filter(id => RULES[id].foundBy !== 'enforcement');

/** The name of the rule in an id, without the name of the library. */
export function ruleNameOf(id: string): string {
  return id.slice(id.indexOf('::') + 2);
}

function sentences(...each: readonly string[]): string {
  return each.join(' ');
}
