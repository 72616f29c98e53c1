import type { Control } from './controls';
import { CONTROLS } from './controls';
import { EXPLANATIONS } from './explanations';
import type { RequirementId } from './requirement-id';

export type { RequirementId } from './requirement-id';

/**
 * How much it matters where a requirement does not hold.
 *
 * - `error`: IMDSv1 may get in, or what is written cannot be deployed.
 * - `warning`: nobody can tell here, or something else may suffer.
 */
export type Severity = 'error' | 'warning';

/**
 * Which effects find it.
 *
 * - `every effect`: it can be read in what a check sees as well.
 * - `enforcement`: it is about what enforcement does, or did not reach.
 */
export type FoundBy = 'every effect' | 'enforcement';

/** What must hold, and what to do where it does not. */
export interface Requirement {
  readonly title: string;
  /** What a check makes of it; enforcement has done what it could, and warns. */
  readonly severity: Severity;
  readonly foundBy: FoundBy;
  /** What goes wrong where it does not hold, in whole sentences. */
  readonly explanation: string;
  readonly fix: string;
  /** The AWS page that explains it. */
  readonly see: string;
  /** The well-known controls that ask for the same, or for some of it. */
  readonly controls: readonly Control[];
}

/** A requirement that does not hold somewhere. */
export interface Finding {
  readonly id: RequirementId;
  /** The CloudFormation path below `Properties`, as far as it is known. */
  readonly path: string;
  readonly message: string;
}

const EC2_GUIDE = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide';

/** The table: what holds for each requirement, but for its longer texts. */
const TABLE: { readonly [id in RequirementId]: Omit<Requirement, 'explanation' | 'controls'> } = {
  'Imdsv2::TokensRequired': {
    title: 'a session token is required to read instance metadata',
    severity: 'error',
    foundBy: 'every effect',
    fix: 'require IMDSv2: HttpTokens \'required\' or what the service has in its place',
    see: `${EC2_GUIDE}/configuring-instance-metadata-options.html`,
  },
  'Imdsv2::OptionsUnreadable': {
    title: 'the metadata options can be read at synthesis',
    severity: 'error',
    foundBy: 'every effect',
    fix: 'write the options as an object, or require tokens where the value comes from',
    see: `${EC2_GUIDE}/configuring-instance-metadata-options.html`,
  },
  'Imdsv2::ValueNotAccepted': {
    title: 'every metadata option has a value that AWS accepts',
    severity: 'error',
    foundBy: 'every effect',
    fix: 'write one of the accepted values: CloudFormation refuses the template otherwise',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-instance-metadataoptions.html',
  },
  'Imdsv2::CannotBeSet': {
    title: 'the instances that a resource launches can be told to require IMDSv2',
    severity: 'warning',
    foundBy: 'every effect',
    fix: 'see to it that this requires IMDSv2, and acknowledge',
    see: `${EC2_GUIDE}/configuring-IMDS-new-instances.html`,
  },
  'Imdsv2::ReplacesResource': {
    title: 'enforcement does not replace the resource',
    severity: 'warning',
    foundBy: 'enforcement',
    fix: 'deploy when a replacement is acceptable, and acknowledge; a resource that is not deployed yet is not affected',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html',
  },
  'Imdsv2::ReplacesFollower': {
    title: 'a launcher is not replaced because the launch template that it follows has a new version',
    severity: 'warning',
    foundBy: 'enforcement',
    fix: 'pin the version to the deployed number, or deploy when a replacement is acceptable, and acknowledge',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html',
  },
  'Imdsv2::VersionNotFollowed': {
    title: 'a launcher picks up what enforcement changed in its launch template',
    severity: 'warning',
    foundBy: 'enforcement',
    fix: 'name the LatestVersionNumber of the template, or see to it that the version that is named has the change, and acknowledge',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-launchtemplate.html',
  },
  'Imdsv2::LaunchSourceUnknown': {
    title: 'what a resource launches from is in the app',
    severity: 'warning',
    foundBy: 'every effect',
    fix: 'see to it that it requires tokens where it is defined, and acknowledge',
    see: `${EC2_GUIDE}/configuring-IMDS-new-instances.html`,
  },
  'Imdsv2::ContainerHopLimit': {
    title: 'the token reaches the containers on a container host',
    severity: 'warning',
    foundBy: 'every effect',
    fix: 'raise the hop limit, or apply ContainerHost with the limit that is meant: below 2, containers on a bridge network get no token',
    see: `${EC2_GUIDE}/instancedata-data-retrieval.html#imds-considerations`,
  },
  'Imdsv2::HopLimitTooHigh': {
    title: 'the token travels no further than it has to',
    severity: 'warning',
    foundBy: 'every effect',
    fix: 'lower the hop limit, or raise maxHopLimit',
    see: `${EC2_GUIDE}/configuring-instance-metadata-options.html`,
  },
  'Imdsv2::Ipv6NotSupported': {
    title: 'the IPv6 endpoint is turned on where the instance and its subnet have it',
    severity: 'error',
    foundBy: 'every effect',
    fix: 'use a Nitro instance type and a subnet with IPv6; where only you can know that, set HttpProtocolIpv6 on the resource',
    see: `${EC2_GUIDE}/configuring-instance-metadata-options.html`,
  },
  'Imdsv2::TagKeyNotAllowed': {
    title: 'tags are in the metadata only where EC2 allows every tag key there',
    severity: 'error',
    foundBy: 'every effect',
    fix: 'use letters, digits and + - = . , _ : @ in tag keys, or leave tags out of the metadata: the launch fails otherwise',
    see: `${EC2_GUIDE}/work-with-tags-in-IMDS.html`,
  },
  'Imdsv2::EndpointNeeded': {
    title: 'the metadata service is turned off only where nothing needs it',
    severity: 'warning',
    foundBy: 'enforcement',
    fix: 'leave it on, or acknowledge to turn it off all the same: no user data is run, no SSH key installed and no role handed out then',
    see: `${EC2_GUIDE}/configuring-instance-metadata-options.html`,
  },
  'Imdsv2::ExemptionExpired': {
    title: 'no exemption has expired',
    severity: 'warning',
    foundBy: 'every effect',
    fix: 'remove it, or put off its expires if it has to last',
    see: 'https://docs.aws.amazon.com/cdk/v2/guide/aspects.html',
  },
  'Imdsv2::ExemptionExpiring': {
    title: 'no exemption is about to expire',
    severity: 'warning',
    foundBy: 'every effect',
    fix: 'make the exemption unnecessary before it ends, or put off its expires',
    see: 'https://docs.aws.amazon.com/cdk/v2/guide/aspects.html',
  },
  'Imdsv2::StageNotEnforced': {
    title: 'every stage is there when enforcement is added, and not synthesized before',
    severity: 'error',
    foundBy: 'enforcement',
    fix: 'call Imdsv2.enforce() after the last stage is created and before anything synthesizes it',
    see: 'https://docs.aws.amazon.com/cdk/v2/guide/aspects.html',
  },
  'Imdsv2::ChangedAfterEnforcement': {
    title: 'nothing is weakened, added or used otherwise after enforcement',
    severity: 'error',
    foundBy: 'enforcement',
    fix: 'give the aspect a priority below 999, and let it change what it visits; who launches from a template has to be known before synthesis',
    see: 'https://docs.aws.amazon.com/cdk/v2/guide/aspects.html',
  },
};

/** Every requirement, by id. */
export const REQUIREMENTS = Object.fromEntries(Object.entries(TABLE).map(([id, row]) => [id, whole(id as RequirementId, row)])) as {
  readonly [id in RequirementId]: Requirement
};

/** The ids of what a check finds; the others are about enforcement. */
export const CHECKED_IDS: readonly RequirementId[] = (Object.keys(REQUIREMENTS) as RequirementId[]).filter(id => REQUIREMENTS[id].foundBy === 'every effect');

/** What a finding says to the user: what is wrong and where, what to do, where to read on. */
export function explain(finding: Finding): string {
  const { fix, see } = REQUIREMENTS[finding.id];
  return `${finding.message}; ${fix} (${see})`;
}

function whole(id: RequirementId, row: (typeof TABLE)[RequirementId]): Requirement {
  return { ...row, explanation: EXPLANATIONS[id], controls: CONTROLS[id] ?? [] };
}
