import type { Report, ReportedStack } from '../../src/report/report';
import type { ReportedExemption, ReportedFinding } from '../../src/report/reported-finding';
import type { ReportedLaunch, ReportedResource } from '../../src/report/reported-resource';
import type { ReportedSdk } from '../../src/report/reported-sdks';
import { sampleFinding, sampleResource, sampleUsage, set, totals, UNSET, usageTotals, WEB } from './sample-pieces';

const BATCH = 'assembly-Prod/ProdBatch5F3A.nested.template.json';
const TEMPLATE = `${WEB}#WebTemplate`;
const POOL_TEMPLATE = `${BATCH}#PoolTemplate`;

/** An exemption with all properties. */
export const LEGACY: ReportedExemption = {
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

const fromTemplate = (name: string, id: string) => `the launch template '${name}' (${id})`;
const launches = (resource: string, name: string, version: string, isFollowed: boolean, where: string): ReportedLaunch =>
  ({ kind: 'resource', resource, name, versions: [version], isFollowed, where });

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
    overwritten: [{ kind: 'parameter', name: 'IMDSv2Tokens' }],
    usage: sampleUsage('in use', '2 instances called within 14 days', {
      kind: 'Auto Scaling group', name: 'web-fleet', running: 6, calling: 2, lastCallAt: '2026-01-14T21:00:00Z', callers: ['i-0a1b2c3d4e5f60001', 'i-0a1b2c3d4e5f60002'],
    }),
  }),
  sampleResource({
    logicalId: 'Bastion',
    type: 'AWS::EC2::Instance',
    path: 'Web/Bastion/Resource',
    line: 41,
    outcome: 'not required',
    settings: { tokens: [set('optional', 'MetadataOptions.HttpTokens')], endpoint: [set('enabled', 'MetadataOptions.HttpEndpoint')] },
    usage: sampleUsage('ready', 'no call for 14 days', { kind: 'instance', name: 'i-0b1b2c3d4e5f60001', running: 1 }),
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
    usage: {
      state: 'unknown',
      mayRequire: false,
      because: 'eu-central-1 in account 123456789012 was monitored for 3 of 14 days',
      launchers: [],
      doubts: ['eu-central-1 in account 123456789012 was monitored for 3 of 14 days (Web/Canary/Resource)'],
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
    usage: sampleUsage('broken', '12 calls were refused within 24 hours', {
      kind: 'Auto Scaling group', name: 'pool', running: 3, lastRejectedAt: '2026-01-15T01:00:00Z', callers: ['i-0c1b2c3d4e5f60001'],
    }),
  }),
  sampleResource({
    logicalId: 'Spot',
    type: 'AWS::EC2::SpotFleet',
    path: 'Prod/Batch/Nested/Spot',
    template: BATCH,
    line: 37,
    outcome: 'undecided',
    settings: {
      tokens: [{ kind: 'unknown', from: "the launch template 'lt-0abc' is not in this app" }],
      hopLimit: [{ kind: 'set', value: 2, unlessAccountDefault: true, from: "the AMI 'Golden', unless the account default says otherwise" }],
    },
    usage: sampleUsage('required', 'all its instances require IMDSv2', { kind: 'Spot Fleet', name: 'sfr-1', running: 4 }),
    launchesFrom: [
      { kind: 'outside', name: 'lt-0abc', versions: ['default version'], isFollowed: false, where: 'SpotFleetRequestConfigData.LaunchTemplateConfigs[0]' },
      { kind: 'unknown', name: 'only the deployment knows', versions: [], isFollowed: false, where: 'SpotFleetRequestConfigData.LaunchTemplateConfigs[1]' },
    ],
  }),
];

const OLD_SDK: ReportedSdk = {
  file: 'asset.0a1b/package-lock.json',
  isInAssembly: true,
  line: 12,
  packageName: 'aws-sdk',
  ecosystem: 'npm',
  version: '2.600.0',
  sdk: 'AWS SDK for JavaScript v2',
  verdict: 'too old',
  minimum: '2.722.0',
  source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/use-a-supported-sdk-version-for-imdsv2.html',
  paths: ['Web/Code'],
};

/** An SDK with an unknown result, in a file outside the assembly. */
const UNCLEAR_SDK: ReportedSdk = {
  file: 'service/requirements.txt',
  isInAssembly: false,
  line: 3,
  packageName: 'boto3',
  ecosystem: 'pypi',
  sdk: 'AWS SDK for Python (Boto3)',
  verdict: 'unknown',
  minimum: '1.12.6',
  source: OLD_SDK.source,
  because: 'it accepts several versions: >=1.9',
};

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
  sampleFinding('Imdsv2::SdkTooOld', { location: '', path: 'Web/Code', message: 'it has aws-sdk 2.600.0', sdk: OLD_SDK }),
];

/** The stacks of the sample. */
export const STACKS: readonly ReportedStack[] = [
  {
    template: WEB,
    path: 'Web',
    name: 'web',
    account: '123456789012',
    region: 'eu-central-1',
    totals: totals({
      resources: 4,
      required: 2,
      notRequired: 2,
      exempt: 1,
      errors: 1,
      warnings: 1,
      usage: usageTotals({ ready: 1, inUse: 1, unknown: 1, mayTurnOver: 1 }),
    }),
  },
  {
    template: BATCH,
    path: 'Prod/Batch/Nested',
    totals: totals({ resources: 3, required: 1, undecided: 2, warnings: 2, usage: usageTotals({ required: 1, broken: 1, mayTurnOver: 2 }) }),
  },
];

const WATCH = { account: '123456789012', at: '2026-01-15T03:02:00Z', quietDays: 14 };

/** A report with all parts. The app has a stack, and a stage with a nested stack. */
export const SAMPLE_REPORT: Report = {
  schemaVersion: '1.4',
  tool: { name: 'cdk-imdsv2', version: '1.2.3' },
  day: '2026-01-15',
  success: false,
  totals: totals({
    resources: 7,
    required: 3,
    notRequired: 2,
    undecided: 2,
    exempt: 1,
    errors: 1,
    warnings: 5,
    usage: usageTotals({ ready: 1, inUse: 1, broken: 1, unknown: 1, required: 1, mayTurnOver: 3 }),
  }),
  stacks: STACKS,
  resources: [...WEB_RESOURCES, ...BATCH_RESOURCES],
  findings: FINDINGS,
  unseenScripts: [{
    resource: 'Shop.template.json#Web',
    path: 'Shop/Web',
    template: 'Shop.template.json',
    location: 'Properties.UserData',
    line: 3,
    url: 'https://example.com/setup.sh',
  }],
  notVisible: [
    { kind: 'nested stack', logicalId: 'Network', type: 'AWS::CloudFormation::Stack', path: 'Web/Network', template: WEB, line: 70 },
    { kind: 'module', logicalId: 'Fleet', type: 'Acme::Compute::Fleet::MODULE', template: WEB, line: 80 },
  ],
  usage: [
    { ...WATCH, region: 'eu-central-1', watchedSince: '2025-11-01T00:00:00Z', watchedUntil: '2026-01-15T02:00:00Z' },
    { ...WATCH, region: 'eu-west-1', error: 'AccessDenied: ec2:DescribeInstances' },
  ],
  sdks: { found: [OLD_SDK, UNCLEAR_SDK], unreadable: [{ file: 'service/pom.xml', isInAssembly: false, because: 'Unclosed tag' }, { file: 'asset.0123456789abcdef/layer.tar', isInAssembly: true, because: 'it is an archive of an unsupported kind', notOnInstance: 'functions of Lambda have no metadata service', paths: ['Web/Layer/Code'] }] },
  rulesOff: [{ rule: 'Imdsv2::TagKeyNotAllowed', reason: 'tags are never in the metadata here' }],
};

const NOTHING = { usage: undefined, sdks: undefined, stacks: [], resources: [], findings: [], unseenScripts: [], notVisible: [], rulesOff: [] };

/** A report of an app without launches. */
export const EMPTY_REPORT: Report = { ...SAMPLE_REPORT, ...NOTHING, success: true, totals: totals({}) };
