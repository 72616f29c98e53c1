import { ACCOUNT_DEFAULT_CONTROLS, HOP_LIMIT_CONTROLS, TOKEN_CONTROLS } from './controls';
import type { Rule } from './rule';

const EC2_GUIDE = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide';
const OUR_DOCS = 'https://github.com/cdk-imdsv2/cdk-imdsv2/blob/main/docs';
const UPDATE_BEHAVIORS = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html';

/** Everything that is said of each rule. The ids are public: an acknowledgement names one. None is ever reused. */
const TABLE = {
  'Imdsv2::TokensRequired': {
    title: 'a session token is required to read instance metadata',
    explanation: sentences(
      'Every EC2 instance can read data about itself at 169.254.169.254, and the credentials of its role are part of it.',
      'With IMDSv1 one GET request is enough: whoever tricks a program on the instance into fetching a URL gets the credentials.',
      'IMDSv2 asks for a session token first, and such a request cannot get one.',
      'IMDSv1 stays open until tokens are required, even if all software on the instance uses IMDSv2.',
    ),
    fix: 'require IMDSv2: set HttpTokens to \'required\', or the property that the service has instead',
    see: `${EC2_GUIDE}/configuring-instance-metadata-options.html`,
    severity: 'error',
    securitySeverity: 8.0,
    foundBy: 'check',
    isAboutTokens: true,
    controls: TOKEN_CONTROLS,
  },
  'Imdsv2::OptionsUnreadable': {
    title: 'the metadata options can be read at synthesis',
    explanation: sentences(
      'The metadata options are a value that is only known at deployment, or one that cannot hold options at all.',
      'Nobody can tell whether tokens are required there, and enforcement does not change it.',
      'If it allows IMDSv1, nobody notices.',
    ),
    fix: 'write the options as an object, or require tokens where the value is defined',
    see: `${EC2_GUIDE}/configuring-instance-metadata-options.html`,
    severity: 'error',
    securitySeverity: 8.0,
    foundBy: 'check',
    isAboutTokens: true,
  },
  'Imdsv2::ValueNotAccepted': {
    title: 'every metadata option has a value that AWS accepts',
    explanation: sentences(
      'Each option accepts a few values: words in lower case, or a whole number from 1 to 64.',
      'With any other value the deployment fails, or a later launch does: an Auto Scaling group may fail to grow at night.',
    ),
    fix: 'write one of the accepted values, or CloudFormation refuses the template',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-instance-metadataoptions.html',
    severity: 'error',
    foundBy: 'check',
  },
  'Imdsv2::OptionsIgnored': {
    title: 'metadata options stand where the service looks at them',
    explanation: sentences(
      'Some services look at metadata options in a place only where another property has some value.',
      'So does EC2 at those in an override of a fleet, which has to be of type instant; CloudFormation makes a fleet of type maintain where none is given.',
      'Anywhere else they decide nothing, and whoever reads them believes in a setting that is not there.',
    ),
    fix: 'remove the options here, and say it where the service looks',
    see: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_FleetLaunchTemplateOverridesRequest.html',
    severity: 'warning',
    securitySeverity: 5.0,
    foundBy: 'check',
  },
  'Imdsv2::CannotBeSet': {
    title: 'the resource can require IMDSv2 on the instances that it launches',
    explanation: sentences(
      'Some services launch instances for you, and this resource has no property that makes them require IMDSv2, and names nothing that has one.',
      'Something else decides then, such as the account default of the Region, and it is not visible in the app.',
      'If that allows IMDSv1, so do the instances, whatever the rest of the app says.',
    ),
    fix: 'make sure that what decides requires IMDSv2, and acknowledge',
    see: `${EC2_GUIDE}/configuring-IMDS-new-instances.html`,
    severity: 'warning',
    securitySeverity: 5.0,
    foundBy: 'check',
    isAboutTokens: true,
    controls: ACCOUNT_DEFAULT_CONTROLS,
  },
  'Imdsv2::LaunchSourceMissing': {
    title: 'a resource names what can require IMDSv2 on the instances that it launches',
    explanation: sentences(
      'This resource launches instances and has no property for their metadata options, but it can name something that has: a launch template, or a security configuration of EMR.',
      'It names none, so something else decides, such as the account default of the Region, and it is not visible in the app.',
      'If that allows IMDSv1, so do the instances, whatever the rest of the app says.',
    ),
    fix: 'set what the finding names, or make sure that the account default or a declarative policy requires IMDSv2, and acknowledge',
    see: `${EC2_GUIDE}/configuring-IMDS-new-instances.html`,
    severity: 'warning',
    securitySeverity: 5.0,
    foundBy: 'check',
    isAboutTokens: true,
  },
  'Imdsv2::ReleaseTooOld': {
    title: 'the release of a service can require IMDSv2',
    explanation: sentences(
      'All components of an EMR cluster have to speak IMDSv2 before tokens can be required, and those of older releases do not.',
      'A cluster of such a release does not start with a security configuration that requires tokens.',
      'So enforcement leaves that configuration as it is, and the instances of the cluster allow IMDSv1 until its release is raised.',
    ),
    fix: 'raise the release, or acknowledge that its instances allow IMDSv1',
    see: 'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-create-security-configuration.html',
    severity: 'error',
    securitySeverity: 5.0,
    foundBy: 'check',
    isAboutTokens: true,
  },
  'Imdsv2::ReplacesResource': {
    title: 'enforcement does not replace the resource',
    explanation: sentences(
      'CloudFormation cannot change this property of a deployed resource: it creates a new resource and deletes the old one.',
      'What that costs depends on the type: the instances of a fleet are terminated, and the data on the disk of a WorkSpaces instance is lost.',
      'Another launch configuration changes no instance that runs, unless the UpdatePolicy of its group replaces them; a security configuration replaces every cluster that names it.',
      'Enforcement has written the change, so the next deployment does this; a first deployment has nothing to replace.',
    ),
    fix: 'deploy when that is fine, and acknowledge',
    see: UPDATE_BEHAVIORS,
    severity: 'warning',
    foundBy: 'enforcement',
  },
  'Imdsv2::NameBlocksReplacement': {
    title: 'what enforcement replaces has no fixed name',
    explanation: sentences(
      'CloudFormation cannot change this property of a deployed resource: it creates a new resource before it deletes the old one.',
      'Both would have the name that the template fixes, so CloudFormation refuses, and the update of the stack fails and is rolled back.',
    ),
    fix: 'remove the name or change it with this deployment, or set avoidReplacement',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html',
    severity: 'warning',
    foundBy: 'enforcement',
  },
  'Imdsv2::ReplacesFollower': {
    title: 'no launcher is replaced because its launch template gets a new version',
    explanation: sentences(
      'Enforcement changed a launch template, so the next deployment creates a new version of it.',
      'A launcher that uses the latest version number then gets another number, and CloudFormation replaces an instance or a fleet for that.',
      'What is stored on the instance is lost.',
    ),
    fix: 'pin the version to the deployed number, or deploy when that is fine, and acknowledge',
    see: UPDATE_BEHAVIORS,
    severity: 'warning',
    foundBy: 'enforcement',
  },
  'Imdsv2::VersionNotFollowed': {
    title: 'a launcher uses its launch template as it stands in the app',
    explanation: sentences(
      'A change to a launch template creates a new version and leaves the old ones as they are.',
      'A launcher that names a fixed version, or the default version, which CloudFormation never moves, still launches the old one.',
      'The template may say that tokens are required while the instances allow IMDSv1, and nobody can tell from the app.',
    ),
    fix: 'use the LatestVersionNumber of the template, or make sure that the version requires tokens, and acknowledge',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-launchtemplate.html',
    severity: 'warning',
    securitySeverity: 5.0,
    foundBy: 'check',
    isAboutTokens: true,
  },
  'Imdsv2::LatestNotLookedUp': {
    title: 'a service looks up the latest version of a launch template that enforcement changed',
    explanation: sentences(
      'EKS and Batch look up what $Latest is when a deployment changes the node group or the compute environment itself, and not when its launch template gets a new version.',
      'Enforcement changed the template alone, so what they launch goes on as before, and allows IMDSv1 if it did.',
    ),
    fix: 'use the LatestVersionNumber of the template, or update the node group or compute environment after the deployment, and acknowledge',
    see: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_LaunchTemplateSpecification.html',
    severity: 'warning',
    securitySeverity: 5.0,
    foundBy: 'enforcement',
    isAboutTokens: true,
  },
  'Imdsv2::LaunchSourceUnknown': {
    title: 'the app contains what a resource launches from',
    explanation: sentences(
      'A group or a fleet launches what its launch template says, and this template is not in the app, or is only known at deployment.',
      'So somebody else decides whether the instances require tokens, perhaps another team, and that may change while this app does not.',
    ),
    fix: 'require IMDSv2 where that is defined, and acknowledge',
    see: `${EC2_GUIDE}/configuring-IMDS-new-instances.html`,
    severity: 'warning',
    securitySeverity: 5.0,
    foundBy: 'check',
    isAboutTokens: true,
  },
  'Imdsv2::ContainerHopLimit': {
    title: 'containers on a container host can get a session token',
    explanation: sentences(
      'The response with the session token may pass as many network hops as the hop limit says, and a container on a bridge network is one hop further away.',
      'With a limit of 1 it never gets a token.',
      'IMDSv1 does not use the hop limit, so the problem appears when tokens become required: software in containers then has no credentials and no Region.',
    ),
    fix: 'raise the hop limit, or apply ContainerHost: below 2, containers on a bridge network get no token',
    see: `${EC2_GUIDE}/instancedata-data-retrieval.html#imds-considerations`,
    severity: 'warning',
    foundBy: 'check',
  },
  'Imdsv2::HopLimitTooHigh': {
    title: 'the session token travels no further than it has to',
    explanation: sentences(
      'The hop limit keeps the session token on the instance.',
      'With a high limit a token can leave it through a proxy, a VPN or a NAT on the instance, and be used to get the credentials of the role.',
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
    title: 'the IPv6 endpoint is on only where the instance type and the subnet support IPv6',
    explanation: sentences(
      'The metadata service answers over IPv6 only on Nitro instances, and only in a subnet with IPv6.',
      'Anywhere else, a launch with the IPv6 endpoint turned on fails.',
      'For a launch template or a group, this shows only when the next instance is launched.',
    ),
    fix: 'use a Nitro instance type and a subnet with IPv6; if they are not visible here, set HttpProtocolIpv6 on the resource itself',
    see: `${EC2_GUIDE}/configuring-instance-metadata-options.html`,
    severity: 'error',
    foundBy: 'check',
  },
  'Imdsv2::TagKeyNotAllowed': {
    title: 'tags are in the metadata only if EC2 allows every tag key there',
    explanation: sentences(
      'Instance tags can be read from the metadata, where each key is part of a path.',
      'EC2 refuses to launch an instance that has tags in the metadata and a tag key with a space or a slash.',
      'The key may come from anywhere: from the stack, from the app, or from a service such as EKS.',
    ),
    fix: 'use only letters, digits and + - = . , _ : @ in tag keys, or leave tags out of the metadata: the launch fails otherwise',
    see: `${EC2_GUIDE}/work-with-tags-in-IMDS.html`,
    severity: 'error',
    foundBy: 'check',
  },
  'Imdsv2::EndpointNeeded': {
    title: 'the metadata service is turned off only where nothing needs it',
    explanation: sentences(
      'If the metadata service is off, it answers no request, so nobody can misuse it.',
      'But user data, SSH keys and the credentials of the role also reach the instance through it: an instance that needs one of them starts, and does not work.',
      'So enforcement turns it off only where it sees no such need.',
    ),
    fix: 'leave it on, or acknowledge to turn it off anyway: then no user data runs, no SSH key is installed and no role is available',
    see: `${EC2_GUIDE}/configuring-instance-metadata-options.html`,
    severity: 'warning',
    foundBy: 'enforcement',
  },
  'Imdsv2::UserDataCallsImdsv1': {
    title: 'no script reads the metadata without a session token',
    explanation: sentences(
      'User data often reads the metadata with curl or a similar program, and so do commands of AWS::CloudFormation::Init, Image Builder, Systems Manager, ECS and Batch.',
      'Without a session token, such a request is refused as soon as IMDSv2 is required.',
      'Many scripts go on with an empty value then: nobody notices before something else fails.',
    ),
    fix: 'fetch a token once in the script, and send it with each request: UserDataScanner.scan() writes the commands',
    see: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html',
    severity: 'warning',
    foundBy: 'check',
  },
  'Imdsv2::StillUsesImdsv1': {
    title: 'nothing that is enforced where it is ready still uses IMDSv1',
    explanation: sentences(
      'With onlyWhereReady, enforcement asks the record of a usage collector before it requires tokens.',
      'Software of these instances has called IMDSv1 lately, and would be refused as soon as tokens are required.',
      'So the resource keeps its settings, IMDSv1 with them, and anything else that launches from the same launch template waits for it.',
    ),
    fix: 'update that software, wait until the record calls it ready, and synthesize again; new RequireImdsv2() on the resource requires IMDSv2 anyway',
    see: `${EC2_GUIDE}/instance-metadata-transition-to-version-2.html`,
    severity: 'warning',
    securitySeverity: 5.0,
    foundBy: 'enforcement',
    isAboutTokens: true,
  },
  'Imdsv2::UsageUnknown': {
    title: 'enough is known of everything that is enforced where it is ready',
    explanation: sentences(
      'With onlyWhereReady, enforcement asks the record of a usage collector before it requires tokens.',
      'The record does not tell whether software of these instances uses IMDSv1: nobody watches the account or the Region, or not for long enough.',
      'So the resource keeps its settings, IMDSv1 with them.',
    ),
    fix: 'watch its account and Region until the record calls it ready, and synthesize again; new RequireImdsv2() on the resource requires IMDSv2 anyway',
    see: `${EC2_GUIDE}/instance-metadata-transition-to-version-2.html`,
    severity: 'warning',
    securitySeverity: 5.0,
    foundBy: 'enforcement',
    isAboutTokens: true,
  },
  'Imdsv2::Imdsv1Refused': {
    title: 'no software is refused, because it speaks IMDSv1 where IMDSv2 is required',
    explanation: sentences(
      'The record of a usage collector says that these instances require tokens, and that software on them calls IMDSv1 all the same.',
      'Each such call is refused: the software has no credentials of the role, or goes on without what it asked for.',
      'Enforcement leaves tokens required, since nobody is to be let in again unasked.',
    ),
    fix: 'update that software; to allow IMDSv1 again for a while, exempt the resource from Imdsv2::TokensRequired',
    see: `${EC2_GUIDE}/instance-metadata-transition-to-version-2.html`,
    severity: 'warning',
    foundBy: 'enforcement',
  },
  'Imdsv2::RequiredBeforeReady': {
    title: 'nothing that is enforced where it is ready requires IMDSv2 before it is',
    explanation: sentences(
      'The record of a usage collector says that the newest instances require tokens, and that older ones have called IMDSv1 lately, or may.',
      'As these are replaced, their software is refused.',
      'Enforcement leaves tokens required, since a newer record must not take back what is required already.',
    ),
    fix: 'update that software before its instances are replaced; to allow IMDSv1 again for a while, exempt the resource from Imdsv2::TokensRequired',
    see: `${EC2_GUIDE}/instance-metadata-transition-to-version-2.html`,
    severity: 'warning',
    foundBy: 'enforcement',
  },
  'Imdsv2::SdkTooOld': {
    title: 'every SDK speaks IMDSv2',
    explanation: sentences(
      'SDKs and tools of AWS read the metadata for the credentials of the role and for the Region, and those of before 2019 to 2020 do it without a session token.',
      'As soon as IMDSv2 is required they are refused: the software has no credentials, and may say no more than that.',
      'A version that a lock file pins is used until somebody raises it, also where another package brought it in.',
      'A check looks for them where it is told to, by sdks.',
    ),
    fix: 'update it before IMDSv2 is required, or acknowledge if it never runs on an instance',
    see: `${EC2_GUIDE}/use-a-supported-sdk-version-for-imdsv2.html`,
    severity: 'warning',
    foundBy: 'dependencies',
  },
  'Imdsv2::SdkUnknown': {
    title: 'somebody can tell of every SDK',
    explanation: sentences(
      'Some files leave the version of an SDK open, and some cannot be read, so that nobody can tell whether the software speaks IMDSv2.',
      'That is no fault by itself, and it is said once for all of them: who sees no warning takes it that all is well.',
      'Reports have each of them, with the reason.',
      'A check looks for them where it is told to, by sdks.',
    ),
    fix: 'pin the version in a lock file, or acknowledge: a report names all of them',
    see: `${OUR_DOCS}/sdk-support.md`,
    severity: 'warning',
    foundBy: 'dependencies',
  },
  'Imdsv2::ExemptionExpired': {
    title: 'no exemption has expired',
    explanation: sentences(
      'Somebody decided that this scope may break a rule until a certain day, and that day has come.',
      'The exemption no longer holds: what it covered is enforced or reported again.',
      'If it stays in the code, it says something that is no longer true.',
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
      'From that day on, what it covers is enforced, and software that still needs IMDSv1 stops working after the next deployment.',
      'Its owner has until then to change that software, or to give the exemption a later end.',
    ),
    fix: 'make the exemption unnecessary before it ends, or give it a later expires date',
    see: `${OUR_DOCS}/exemptions.md`,
    severity: 'warning',
    securitySeverity: 2.0,
    foundBy: 'check',
    neverExempt: 'it goes away when the exemption is removed or gets a later expires date',
  },
  'Imdsv2::UnknownRule': {
    title: 'what is acknowledged is a rule',
    explanation: sentences(
      'CDK takes any id in an acknowledgement, one with a mistake in it, too.',
      'Such an acknowledgement does nothing: what was meant is still reported, and enforcement still changes the resource.',
    ),
    fix: 'acknowledge the id that the finding shows, or remove the acknowledgement',
    see: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.Validations.html',
    severity: 'warning',
    foundBy: 'check',
  },
  'Imdsv2::StageNotEnforced': {
    title: 'every stage exists when enforcement is added, and is not synthesized yet',
    explanation: sentences(
      'Aspects of an app do not enter its stages, so enforcement is added to each stage that exists when it is called.',
      'A stage that is created later, or was synthesized before, is not reached, and its resources still allow IMDSv1.',
      'In a pipeline, addStage() synthesizes the stage that it is given.',
      'If that makes a difference the synthesis fails, so that no stage slips through unnoticed.',
    ),
    fix: 'write Imdsv2.enforce(this) in the constructor of the stage, or call Imdsv2.enforce(app) after the stage is created and before addStage()',
    see: `${OUR_DOCS}/stages.md`,
    severity: 'error',
    securitySeverity: 8.0,
    foundBy: 'enforcement',
    neverExempt: 'enforcement did not look at the stage, so nobody knows what it would have found',
  },
  'Imdsv2::ChangedAfterEnforcement': {
    title: 'nothing is weakened, added or put to another use after enforcement',
    explanation: sentences(
      'Enforcement has the last word over aspects with a priority below 999.',
      'An aspect that runs after it, or that changes other constructs than the one it visits, can remove tokens again, add a resource, or change what a template is used for.',
      'Then the template would not match what enforcement reported, so the synthesis fails.',
    ),
    fix: 'give the aspect a priority below 999, and let it change only the construct that it visits; what launches from a template must be known before synthesis',
    see: `${OUR_DOCS}/warnings.md`,
    severity: 'error',
    securitySeverity: 8.0,
    foundBy: 'enforcement',
    neverExempt: 'it says that enforcement was undone: to allow IMDSv1 on a resource, exempt it from \'Imdsv2::TokensRequired\'',
  },
} satisfies { readonly [id: `Imdsv2::${string}`]: Rule };

/** The id of a rule. */
export type RuleId = keyof typeof TABLE;

/** Every rule, by its id. */
export const RULES: { readonly [id in RuleId]: Rule } = TABLE;

/** The ids of all rules, in the order of the table. */
export const RULE_IDS = Object.keys(RULES) as readonly RuleId[];

/** The ids of the rules that whatever reads an app holds it against; the others are about enforcement, or about more than the app. */
export const CHECKED_RULE_IDS: readonly RuleId[] = RULE_IDS.filter(id => RULES[id].foundBy === 'check');

/** The ids of the rules that the validator may find broken. */
export const VALIDATED_RULE_IDS: readonly RuleId[] = RULE_IDS.filter(id => RULES[id].foundBy !== 'enforcement');

/** The part of an id that names the rule, behind the name of the library. */
export function ruleNameOf(id: string): string {
  return id.slice(id.indexOf('::') + 2);
}

function sentences(...each: readonly string[]): string {
  return each.join(' ');
}
