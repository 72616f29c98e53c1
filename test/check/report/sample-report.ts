import type {
  Report, ReportedExemption, ReportedFinding, ReportedLaunch, ReportedResource, ReportedStack, ReportedValue, Totals,
} from '../../../src/check/report/report';
import { REQUIREMENTS } from '../../../src/policy/requirements';
import type { RequirementId } from '../../../src/policy/requirements';

const WEB = 'Web.template.json';
const BATCH = 'assembly-Prod/ProdBatch5F3A.nested.template.json';
const TEMPLATE = `${WEB}#WebTemplate`;
const POOL_TEMPLATE = `${BATCH}#PoolTemplate`;
const TOKENS_KEY = 'Properties.MetadataOptions.HttpTokens';

const LEGACY: ReportedExemption = {
  rule: 'Imdsv2::TokensRequired',
  scope: 'Web/Bastion',
  reason: 'the backup agent speaks IMDSv1 only',
  owner: 'team-storage',
  ticket: 'SEC-1432',
  expires: '2026-03-31',
};
const ENDING: ReportedExemption = {
  rule: 'Imdsv2::HopLimitTooHigh',
  scope: '',
  reason: 'a proxy stands between the hosts and their pods',
  owner: 'team-platform',
  expires: '2026-02-01',
};

/** One value that is set, and where. */
export const set = (value: string | number | boolean, from: string, fromResource?: string): ReportedValue =>
  ({ kind: 'set', value, from, ...fromResource !== undefined && { fromResource } });
/** A setting that nobody wrote. */
export const UNSET: ReportedValue = { kind: 'unset', from: 'the account default of the Region or the AMI: neither is visible here' };

const fromTemplate = (name: string, id: string) => `the launch template '${name}' (${id})`;
const launches = (resource: string, name: string, version: string, isFollowed: boolean, where: string): ReportedLaunch =>
  ({ kind: 'resource', resource, name, versions: [version], isFollowed, where });

/** A resource with nothing special about it, and what is different. */
export function sampleResource(changed: Partial<ReportedResource> & Pick<ReportedResource, 'logicalId' | 'type'>): ReportedResource {
  const template = changed.template ?? WEB;
  return {
    id: `${template}#${changed.logicalId}`,
    template,
    line: 3,
    isLauncher: true,
    outcome: 'required',
    settings: {},
    launchesFrom: [],
    containers: [],
    exemptions: [],
    ...changed,
  };
}

/** A finding with what its requirement says, and what is different. */
export function sampleFinding(rule: RequirementId, changed: Partial<ReportedFinding> = {}): ReportedFinding {
  const { severity, fix, see } = REQUIREMENTS[rule];
  const isFailing = severity === 'error' && !changed.exemption;
  return { rule, severity, isFailing, location: TOKENS_KEY, message: `${REQUIREMENTS[rule].title}: it is not so`, fix, see, ...changed };
}

/** Counts that are 0 where nothing is said. */
export function totals(changed: Partial<Totals>): Totals {
  return { resources: 0, required: 0, notRequired: 0, undecided: 0, exempt: 0, errors: 0, warnings: 0, ...changed };
}

const WEB_RESOURCES: readonly ReportedResource[] = [
  sampleResource({
    logicalId: 'WebTemplate',
    type: 'AWS::EC2::LaunchTemplate',
    path: 'Web/Template/Resource',
    isLauncher: false,
    settings: {
      tokens: [set('required', 'MetadataOptions.HttpTokens')],
      hopLimit: [set(2, 'MetadataOptions.HttpPutResponseHopLimit')],
      endpoint: [set('enabled', 'MetadataOptions.HttpEndpoint')],
      ipv6: [UNSET],
      tags: [set('enabled', 'MetadataOptions.InstanceMetadataTags')],
    },
  }),
  sampleResource({
    logicalId: 'WebFleet',
    type: 'AWS::AutoScaling::AutoScalingGroup',
    path: 'Web/Fleet/ASG',
    line: 24,
    settings: {
      tokens: [set('required', fromTemplate('WebTemplate', '$Latest'), TEMPLATE)],
      hopLimit: [set(2, fromTemplate('WebTemplate', '$Latest'), TEMPLATE)],
    },
    launchesFrom: [launches(TEMPLATE, 'WebTemplate', '$Latest', true, 'LaunchTemplate')],
    containers: ["a capacity provider of ECS names it: 'WebCapacity'"],
  }),
  sampleResource({
    logicalId: 'Bastion',
    type: 'AWS::EC2::Instance',
    path: 'Web/Bastion/Resource',
    line: 41,
    outcome: 'not required',
    settings: { tokens: [set('optional', 'MetadataOptions.HttpTokens')], endpoint: [set('enabled', 'MetadataOptions.HttpEndpoint')] },
    exemptions: [LEGACY],
  }),
  sampleResource({
    logicalId: 'Canary',
    type: 'AWS::EC2::Instance',
    path: 'Web/Canary/Resource',
    line: 58,
    outcome: 'not required',
    settings: {
      tokens: [set('required', "the condition 'IsProd'"), set('optional', "the condition 'IsProd', where it does not hold")],
      hopLimit: [set(3, "the parameter 'Hops'")],
      ipv6: [{ kind: 'cannot be set', from: 'AWS::EC2::Instance has no place for it' }],
    },
  }),
];

const BATCH_RESOURCES: readonly ReportedResource[] = [
  sampleResource({
    logicalId: 'PoolTemplate',
    type: 'AWS::EC2::LaunchTemplate',
    template: BATCH,
    isLauncher: false,
    settings: { tokens: [set('required', 'LaunchTemplateData.MetadataOptions.HttpTokens')] },
  }),
  sampleResource({
    logicalId: 'Pool',
    type: 'AWS::AutoScaling::AutoScalingGroup',
    path: 'Prod/Batch/Nested/Pool/ASG',
    template: BATCH,
    line: 19,
    outcome: 'undecided',
    settings: { tokens: [{ kind: 'unknown', from: fromTemplate('PoolTemplate', 'version 3'), fromResource: POOL_TEMPLATE }] },
    launchesFrom: [launches(POOL_TEMPLATE, 'PoolTemplate', '3', false, 'LaunchTemplate')],
  }),
  sampleResource({
    logicalId: 'Spot',
    type: 'AWS::EC2::SpotFleet',
    path: 'Prod/Batch/Nested/Spot',
    template: BATCH,
    line: 37,
    outcome: 'undecided',
    settings: { tokens: [{ kind: 'unknown', from: "the launch template 'lt-0abc' is not in this app" }] },
    launchesFrom: [
      { kind: 'outside', name: 'lt-0abc', versions: ['default version'], isFollowed: false, where: 'SpotFleetRequestConfigData.LaunchTemplateConfigs[0]' },
      { kind: 'unknown', name: 'only the deployment knows', versions: [], isFollowed: false, where: 'SpotFleetRequestConfigData.LaunchTemplateConfigs[1]' },
    ],
  }),
];

const FINDINGS: readonly ReportedFinding[] = [
  sampleFinding('Imdsv2::TokensRequired', {
    resource: `${WEB}#Bastion`,
    path: 'Web/Bastion/Resource',
    template: WEB,
    line: 46,
    message: "MetadataOptions.HttpTokens is 'optional': IMDSv1 is let in",
    exemption: LEGACY,
  }),
  sampleFinding('Imdsv2::TokensRequired', {
    resource: `${WEB}#Canary`,
    path: 'Web/Canary/Resource',
    template: WEB,
    line: 63,
    message: "MetadataOptions.HttpTokens may be 'optional': IMDSv1 is let in where 'IsProd' does not hold",
  }),
  sampleFinding('Imdsv2::HopLimitTooHigh', {
    resource: `${WEB}#Canary`,
    path: 'Web/Canary/Resource',
    template: WEB,
    line: 64,
    location: 'Properties.MetadataOptions.HttpPutResponseHopLimit',
    message: 'MetadataOptions.HttpPutResponseHopLimit is 3: more than 2',
  }),
  sampleFinding('Imdsv2::VersionNotFollowed', {
    resource: `${BATCH}#Pool`,
    path: 'Prod/Batch/Nested/Pool/ASG',
    template: BATCH,
    line: 24,
    location: 'Properties.LaunchTemplate.Version',
    message: "LaunchTemplate names version 3 of 'PoolTemplate': what was deployed as version 3 is not visible here",
  }),
  sampleFinding('Imdsv2::LaunchSourceUnknown', {
    resource: `${BATCH}#Spot`,
    path: 'Prod/Batch/Nested/Spot',
    template: BATCH,
    line: 40,
    location: 'Properties.SpotFleetRequestConfigData.LaunchTemplateConfigs[0]',
    message: "the launch template 'lt-0abc' is not in this app",
    isFailing: true,
  }),
  sampleFinding('Imdsv2::ExemptionExpiring', {
    location: '',
    message: `the exemption from ${ENDING.rule} on the app ends on ${ENDING.expires}`,
  }),
];

const STACKS: readonly ReportedStack[] = [
  {
    template: WEB,
    path: 'Web',
    name: 'web',
    account: '123456789012',
    region: 'eu-central-1',
    totals: totals({ resources: 4, required: 2, notRequired: 2, exempt: 1, errors: 1, warnings: 1 }),
  },
  {
    template: BATCH,
    path: 'Prod/Batch/Nested',
    totals: totals({ resources: 3, required: 1, undecided: 2, warnings: 2 }),
  },
];

/** A report with everything in it: the app has a stack, and a stage with a nested stack. */
export const SAMPLE_REPORT: Report = {
  schemaVersion: '1.0',
  tool: { name: 'cdk-imdsv2', version: '1.2.3' },
  day: '2026-01-15',
  success: false,
  totals: totals({ resources: 7, required: 3, notRequired: 2, undecided: 2, exempt: 1, errors: 1, warnings: 4 }),
  stacks: STACKS,
  resources: [...WEB_RESOURCES, ...BATCH_RESOURCES],
  findings: FINDINGS,
  rulesOff: [{ rule: 'Imdsv2::TagKeyNotAllowed', reason: 'tags are never in the metadata here' }],
};

/** A report of an app in which nothing launches anything. */
export const EMPTY_REPORT: Report = { ...SAMPLE_REPORT, success: true, totals: totals({}), stacks: [], resources: [], findings: [], rulesOff: [] };

/** The sample with other parts. */
export function sampleReport(changed: Partial<Report> = {}): Report {
  return { ...SAMPLE_REPORT, ...changed };
}

/** The sample with a text in the place of every text that a user may choose: names, paths, messages, reasons, owners. */
export function hostileReport(text: string): Report {
  const exemption: ReportedExemption = { ...LEGACY, scope: text, reason: text, owner: text, ticket: text };
  const template = `${text}.template.json`;
  const id = `${template}#${text}`;
  const value: ReportedValue = { kind: 'set', value: text, from: text, fromResource: id };
  const launch: ReportedLaunch = { kind: 'resource', resource: id, name: text, versions: [text], isFollowed: true, where: text };
  const resource: ReportedResource = {
    ...sampleResource({ logicalId: text, type: text, template, path: text }),
    settings: { tokens: [value, value], hopLimit: [value], endpoint: [value], ipv6: [value], tags: [value] },
    launchesFrom: [launch, { ...launch, kind: 'outside', resource: undefined }],
    containers: [text],
    exemptions: [exemption],
  };
  const counts = totals({ resources: 1, required: 1, errors: 1, warnings: 2 });
  const place = { resource: id, path: text, template, line: 7, location: text, message: text };
  return sampleReport({
    stacks: [{ template, path: text, name: text, account: text, region: text, totals: counts }],
    totals: counts,
    resources: [resource],
    findings: [
      sampleFinding('Imdsv2::TokensRequired', place),
      sampleFinding('Imdsv2::HopLimitTooHigh', place),
      sampleFinding('Imdsv2::VersionNotFollowed', { ...place, exemption }),
      sampleFinding('Imdsv2::ExemptionExpiring', { location: text, message: text, path: text }),
    ],
    rulesOff: [{ rule: 'Imdsv2::TagKeyNotAllowed', reason: text }],
  });
}

/** The sample with as many resources, each with a finding that fails. */
export function longReport(count: number): Report {
  const names = Array.from({ length: count }, (_, index) => `Host${index}`);
  return sampleReport({
    stacks: [{ ...STACKS[0], totals: totals({ resources: count, notRequired: count, errors: count }) }],
    totals: totals({ resources: count, notRequired: count, errors: count }),
    resources: names.map((logicalId, index) =>
      sampleResource({ logicalId, type: 'AWS::EC2::Instance', path: `Web/${logicalId}/Resource`, line: 3 + index * 10, outcome: 'not required' })),
    findings: names.map((logicalId, index) => sampleFinding('Imdsv2::TokensRequired', {
      resource: `${WEB}#${logicalId}`, path: `Web/${logicalId}/Resource`, template: WEB, line: 8 + index * 10, message: `${logicalId} lets IMDSv1 in`,
    })),
  });
}
