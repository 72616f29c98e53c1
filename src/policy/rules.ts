import { ACCOUNT_DEFAULT_CONTROLS, HOP_LIMIT_CONTROLS, TOKEN_CONTROLS } from './controls';
import type { Rule } from './rule';

const EC2_GUIDE = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide';
const CDK_ASPECTS = 'https://docs.aws.amazon.com/cdk/v2/guide/aspects.html';
const UPDATE_BEHAVIORS = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html';

/** Everything that is said of each rule. The ids are public: an acknowledgement names one. None is ever reused. */
const TABLE = {
  'Imdsv2::TokensRequired': {
    title: 'a session token is required to read instance metadata',
    explanation: sentences(
      'Every EC2 instance can ask a service at 169.254.169.254 about itself, and gets the credentials of its role there.',
      'With IMDSv1 a single GET request is enough, so whoever tricks a program on the instance into fetching a URL has the credentials.',
      'IMDSv2 asks for a session token first, which such a request cannot get.',
      'IMDSv1 stays open until tokens are required, even where everything on the instance speaks IMDSv2.',
    ),
    fix: 'require IMDSv2: HttpTokens \'required\' or what the service has in its place',
    see: `${EC2_GUIDE}/configuring-instance-metadata-options.html`,
    severity: 'error',
    securitySeverity: 8.0,
    foundBy: 'check',
    controls: TOKEN_CONTROLS,
  },
  'Imdsv2::OptionsUnreadable': {
    title: 'the metadata options can be read at synthesis',
    explanation: sentences(
      'What stands in the place of the metadata options is a value that only the deployment knows, or none that can hold options at all.',
      'Whether tokens are required there cannot be told, and enforcement leaves it as it is.',
      'If it allows IMDSv1 in the end, nobody hears of it.',
    ),
    fix: 'write the options as an object, or require tokens where the value comes from',
    see: `${EC2_GUIDE}/configuring-instance-metadata-options.html`,
    severity: 'error',
    securitySeverity: 8.0,
    foundBy: 'check',
  },
  'Imdsv2::ValueNotAccepted': {
    title: 'every metadata option has a value that AWS accepts',
    explanation: sentences(
      'Each option takes a few values: words in lower case, or a whole number from 1 to 64.',
      'With any other value the deployment fails, or a launch later on: that of a group perhaps at night, when it has to grow.',
    ),
    fix: 'write one of the accepted values: CloudFormation refuses the template otherwise',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-instance-metadataoptions.html',
    severity: 'error',
    foundBy: 'check',
  },
  'Imdsv2::CannotBeSet': {
    title: 'the instances that a resource launches can be told to require IMDSv2',
    explanation: sentences(
      'Some services launch instances for you, and CloudFormation has no property that would make these require IMDSv2.',
      'What applies then is set elsewhere, such as the default of the account in that Region, and is not visible in the app.',
      'Where that allows IMDSv1, so do the instances, whatever the rest of the app says.',
    ),
    fix: 'see to it that this requires IMDSv2, and acknowledge',
    see: `${EC2_GUIDE}/configuring-IMDS-new-instances.html`,
    severity: 'warning',
    securitySeverity: 5.0,
    foundBy: 'check',
    controls: ACCOUNT_DEFAULT_CONTROLS,
  },
  'Imdsv2::ReplacesResource': {
    title: 'enforcement does not replace the resource',
    explanation: sentences(
      'CloudFormation cannot change this property of a resource that is deployed: it creates another resource and deletes the old one.',
      'What that costs depends on the type: the instances of a fleet are terminated, what is on the disk of a WorkSpaces instance is lost.',
      'Enforcement has written the change all the same, so the next deployment does it.',
    ),
    fix: 'deploy when a replacement is acceptable, and acknowledge; a resource that is not deployed yet is not affected',
    see: UPDATE_BEHAVIORS,
    severity: 'warning',
    foundBy: 'enforcement',
  },
  'Imdsv2::ReplacesFollower': {
    title: 'a launcher is not replaced because the launch template that it follows has a new version',
    explanation: sentences(
      'Enforcement changed a launch template, which gives the template a new version with the next deployment.',
      'A launcher that names the latest version number gets another number by that, and for an instance or a fleet another number means replacement.',
      'Whoever uses the instance loses what is on it.',
    ),
    fix: 'pin the version to the deployed number, or deploy when a replacement is acceptable, and acknowledge',
    see: UPDATE_BEHAVIORS,
    severity: 'warning',
    foundBy: 'enforcement',
  },
  'Imdsv2::VersionNotFollowed': {
    title: 'a launcher picks up what enforcement changed in its launch template',
    explanation: sentences(
      'A change of a launch template makes a new version and leaves the old ones as they are.',
      'A launcher that names a fixed version, or the default version, which CloudFormation never moves, goes on launching what it launched before.',
      'The template says that tokens are required, and the instances allow IMDSv1.',
    ),
    fix: 'name the LatestVersionNumber of the template, or see to it that the version that is named has the change, and acknowledge',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-launchtemplate.html',
    severity: 'warning',
    securitySeverity: 5.0,
    foundBy: 'enforcement',
  },
  'Imdsv2::LaunchSourceUnknown': {
    title: 'what a resource launches from is in the app',
    explanation: sentences(
      'A group or a fleet launches what its launch template says, and this one names a template that is not in the app, or that only the deployment knows.',
      'Whether its instances require tokens is decided elsewhere, perhaps by another team, and may change without a change here.',
    ),
    fix: 'see to it that it requires tokens where it is defined, and acknowledge',
    see: `${EC2_GUIDE}/configuring-IMDS-new-instances.html`,
    severity: 'warning',
    securitySeverity: 5.0,
    foundBy: 'check',
  },
  'Imdsv2::ContainerHopLimit': {
    title: 'the token reaches the containers on a container host',
    explanation: sentences(
      'The answer with the session token may pass as many network hops as the hop limit says, and a container on a bridge network is one hop further away.',
      'At a limit of 1 it never gets a token.',
      'Under IMDSv1 the limit did not matter, so this shows only when tokens are required: software in containers is without credentials and Region then.',
    ),
    fix: 'raise the hop limit, or apply ContainerHost with the limit that is meant: below 2, containers on a bridge network get no token',
    see: `${EC2_GUIDE}/instancedata-data-retrieval.html#imds-considerations`,
    severity: 'warning',
    foundBy: 'check',
  },
  'Imdsv2::HopLimitTooHigh': {
    title: 'the token travels no further than it has to',
    explanation: sentences(
      'The hop limit keeps the session token on the instance.',
      'With a high limit a token can leave it, by way of a proxy, a VPN or a NAT that runs there, and be used to ask for the credentials of the role.',
      '1 is enough for processes on the host, and 2 for containers.',
    ),
    fix: 'lower the hop limit, or raise maxHopLimit',
    see: `${EC2_GUIDE}/configuring-instance-metadata-options.html`,
    severity: 'warning',
    securitySeverity: 3.0,
    foundBy: 'check',
    controls: HOP_LIMIT_CONTROLS,
  },
  'Imdsv2::Ipv6NotSupported': {
    title: 'the IPv6 endpoint is turned on where the instance and its subnet have it',
    explanation: sentences(
      'The metadata service answers over IPv6 on Nitro instances alone, and there has to be IPv6 in their subnet.',
      'Turned on anywhere else, the launch fails.',
      'For a launch template or a group that shows only when the next instance is launched.',
    ),
    fix: 'use a Nitro instance type and a subnet with IPv6; where only you can know that, set HttpProtocolIpv6 on the resource',
    see: `${EC2_GUIDE}/configuring-instance-metadata-options.html`,
    severity: 'error',
    foundBy: 'check',
  },
  'Imdsv2::TagKeyNotAllowed': {
    title: 'tags are in the metadata only where EC2 allows every tag key there',
    explanation: sentences(
      'The tags of an instance can be read from the metadata, where each key is part of a path.',
      'So EC2 refuses to launch an instance that has tags in the metadata and a key with a space or a slash.',
      'The key may come from anywhere: from the stack, from the whole app, or from a service such as EKS.',
    ),
    fix: 'use letters, digits and + - = . , _ : @ in tag keys, or leave tags out of the metadata: the launch fails otherwise',
    see: `${EC2_GUIDE}/work-with-tags-in-IMDS.html`,
    severity: 'error',
    foundBy: 'check',
  },
  'Imdsv2::EndpointNeeded': {
    title: 'the metadata service is turned off only where nothing needs it',
    explanation: sentences(
      'With the metadata service turned off no request is answered, and so nobody can misuse one.',
      'But user data, SSH keys and the credentials of the role come to the instance through it as well: an instance that needs one of them starts, and does not work.',
      'So enforcement turns it off only where nothing of that kind is in sight.',
    ),
    fix: 'leave it on, or acknowledge to turn it off all the same: no user data is run, no SSH key installed and no role handed out then',
    see: `${EC2_GUIDE}/configuring-instance-metadata-options.html`,
    severity: 'warning',
    foundBy: 'enforcement',
  },
  'Imdsv2::ExemptionExpired': {
    title: 'no exemption has expired',
    explanation: sentences(
      'Somebody decided that this scope may break a rule until a day that has come.',
      'The exemption does not hold any more: what it covered is enforced, or reported, again.',
      'Left where it is, it says something that is not true.',
    ),
    fix: 'remove it, or put off its expires if it has to last',
    see: CDK_ASPECTS,
    severity: 'warning',
    securitySeverity: 5.0,
    foundBy: 'check',
    neverExempt: 'it ends when the exemption is removed or its expires is put off',
  },
  'Imdsv2::ExemptionExpiring': {
    title: 'no exemption is about to expire',
    explanation: sentences(
      'The exemption of this scope ends within 30 days.',
      'From that day on what it covers is enforced, and software that still needs IMDSv1 stops working with the deployment after it.',
      'Whoever owns the exemption has until then to move that software, or to put off the end.',
    ),
    fix: 'make the exemption unnecessary before it ends, or put off its expires',
    see: CDK_ASPECTS,
    severity: 'warning',
    securitySeverity: 2.0,
    foundBy: 'check',
    neverExempt: 'it ends when the exemption is removed or its expires is put off',
  },
  'Imdsv2::StageNotEnforced': {
    title: 'every stage is there when enforcement is added, and not synthesized before',
    explanation: sentences(
      'Aspects of an app do not enter its stages, so enforcement is added to each stage that is there when it is called.',
      'A stage that is made later, or was synthesized before, is not reached, and the resources in it keep allowing IMDSv1.',
      'Where that would make a difference the synthesis fails, rather than to let a whole stage through in silence.',
    ),
    fix: 'call Imdsv2.enforce() after the last stage is created and before anything synthesizes it',
    see: CDK_ASPECTS,
    severity: 'error',
    securitySeverity: 8.0,
    foundBy: 'enforcement',
    neverExempt: 'it says that enforcement did not get to look, so nothing is known of what it would have found',
  },
  'Imdsv2::ChangedAfterEnforcement': {
    title: 'nothing is weakened, added or used otherwise after enforcement',
    explanation: sentences(
      'Enforcement has the last word over aspects with a priority below 999.',
      'One that runs after it, or changes what it does not visit, can take tokens away again, add a resource, or change what a template is used for.',
      'Then the template would not say what enforcement reported, so the synthesis fails.',
    ),
    fix: 'give the aspect a priority below 999, and let it change what it visits; who launches from a template has to be known before synthesis',
    see: CDK_ASPECTS,
    severity: 'error',
    securitySeverity: 8.0,
    foundBy: 'enforcement',
    neverExempt: 'it says that enforcement was undone: exempt from \'Imdsv2::TokensRequired\' what need not require tokens',
  },
} satisfies { readonly [id: `Imdsv2::${string}`]: Rule };

/** The id of a rule. */
export type RuleId = keyof typeof TABLE;

/** Every rule, by its id. */
export const RULES: { readonly [id in RuleId]: Rule } = TABLE;

/** The ids of all rules, in the order of the table. */
export const RULE_IDS = Object.keys(RULES) as readonly RuleId[];

/** The ids of the rules that a check holds apps against; the others are about enforcement. */
export const CHECKED_RULE_IDS: readonly RuleId[] = RULE_IDS.filter(id => RULES[id].foundBy === 'check');

/** The part of an id that names the rule, behind the name of the library. */
export function ruleNameOf(id: string): string {
  return id.slice(id.indexOf('::') + 2);
}

function sentences(...each: readonly string[]): string {
  return each.join(' ');
}
