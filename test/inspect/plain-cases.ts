const VALUES: readonly unknown[] = [
  undefined, null, 'required', 'optional', 'enabled', 'disabled', 1, 2, '2', 3, 64, 65, true, '', [], {}, { Ref: 'AWS::NoValue' }, { Ref: 'Parameter' },
  { 'Fn::If': ['C', 'required', 'optional'] }, '{{resolve:ssm:x}}',
];
const KEYS = ['HttpTokens', 'HttpPutResponseHopLimit', 'HttpEndpoint', 'HttpProtocolIpv6', 'InstanceMetadataTags', 'MinimumInstanceMetadataServiceVersion', 'Fn::Transform'];
/** What else stands in a resource. */
export const SURROUNDINGS: readonly object[] = [
  {}, { UserData: 'ECS_CLUSTER=a', ImageId: 'ami-1' }, { UserData: { 'Fn::Base64': '/etc/eks/bootstrap.sh' } },
  { InstanceType: 't2.micro', Tags: [{ Key: 'a b', Value: 'c' }] }, { LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } },
  { LaunchTemplate: { LaunchTemplateId: { Ref: 'Elsewhere' }, Version: { Ref: 'Parameter' } } },
  ...['Requiring', 'Silent', 'Off'].flatMap(name => ['1', '$Latest', { 'Fn::GetAtt': [name, 'LatestVersionNumber'] }, undefined].map(version => (
    { LaunchTemplate: { LaunchTemplateId: { Ref: name }, Version: version } }))),
  { LaunchTemplate: { 'Fn::If': ['C', { LaunchTemplateId: { Ref: 'Requiring' }, Version: '1' }, { Ref: 'AWS::NoValue' }] } },
];

/** Templates to launch from. */
export const TEMPLATES = Object.fromEntries(Object.entries({ Requiring: { HttpTokens: 'required' }, Silent: undefined, Off: { HttpEndpoint: 'disabled' } }).map(([name, MetadataOptions]) =>
  [name, { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions } } }]));

/** Blocks with one setting besides tokens, of every kind. */
export const BLOCKS: readonly unknown[] = [
  ...VALUES, ...VALUES.map(tokens => ({ HttpTokens: tokens })), ...VALUES.map(version => ({ MinimumInstanceMetadataServiceVersion: version })),
  ...KEYS.flatMap(key => VALUES.map(value => ({ HttpTokens: 'required', MinimumInstanceMetadataServiceVersion: '2', [key]: value }))),
];

/** The properties of a resource with a block at its path, in a list of one where there are lists. */
export function around(path: readonly string[], block: unknown, more: object): unknown {
  const [head, ...rest] = path;
  if (head === undefined) { return block; }
  return head === '[]' ? [around(rest, block, {})] : { ...more, [head]: around(rest, block, head.endsWith('Data') ? more : {}) };
}
