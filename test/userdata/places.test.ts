import { gzipSync } from 'zlib';
import { findingText } from '../../src/inspect/finding-text';
import { judgedIn } from '../harness/judged';

const CALL = 'curl -s http://169.254.169.254/latest/meta-data/instance-id';
const SCRIPT = `#!/bin/bash\n${CALL}\n`;
const V2 = `#!/bin/bash
T=$(curl -s -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" http://169.254.169.254/latest/api/token)
curl -s -H "X-aws-ec2-metadata-token: $T" http://169.254.169.254/latest/meta-data/instance-id
`;
const REQUIRED = { HttpTokens: 'required' };

/** What is said of the scripts of a resource. */
function textsOf(Type: string, Properties: object, more: object = {}): string[] {
  const { findings } = judgedIn({ Resources: { Web: { Type, Properties, ...more } } });
  return findings.filter(({ rule }) => rule === 'Imdsv2::UserDataCallsImdsv1').map(findingText);
}

const instance = (UserData: unknown, more: object = {}) => textsOf('AWS::EC2::Instance', { UserData, MetadataOptions: REQUIRED }, more);
const SAID = `UserData calls IMDSv1 in line 2 (${CALL}): it sends no X-aws-ec2-metadata-token`;

describe('user data is read however it is written', () => {
  test.each<[string, unknown]>([
    ['plain', SCRIPT],
    ['Fn::Base64', { 'Fn::Base64': SCRIPT }],
    ['Fn::Sub', { 'Fn::Base64': { 'Fn::Sub': SCRIPT } }],
    ['Fn::Sub with variables', { 'Fn::Base64': { 'Fn::Sub': [SCRIPT.replace('instance-id', '${What}'), { What: 'instance-id' }] } }],
    ['Fn::Join', { 'Fn::Base64': { 'Fn::Join': ['\n', SCRIPT.split('\n')] } }],
    ['Fn::Join with references', { 'Fn::Base64': { 'Fn::Join': ['', ['#!/bin/bash\n', `${CALL.slice(0, -11)}`, { Ref: 'Key' }, '\n']] } }],
    ['a branch of Fn::If', { 'Fn::If': ['IsProd', { 'Fn::Base64': V2 }, { 'Fn::Base64': SCRIPT }] }],
    ['Base64', Buffer.from(SCRIPT).toString('base64')],
    ['compressed', gzipSync(SCRIPT).toString('base64')],
  ])('%s', (_, userData) => {
    const template = { Parameters: { Key: { Type: 'String', Default: 'instance-id' } } };
    const { findings } = judgedIn({ ...template, Resources: { Web: { Type: 'AWS::EC2::Instance', Properties: { UserData: userData, MetadataOptions: REQUIRED } } } });
    expect(findings.map(finding => findingText(finding).replace('...', 'instance-id'))).toEqual([SAID]);
  });

  test('what sends a token is fine', () => {
    expect(instance({ 'Fn::Base64': V2 })).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['a number', 5], ['a list', [SCRIPT]], ['an unknown function', { 'Fn::ImportValue': 'x' }], ['a broken join', { 'Fn::Join': [1] }],
    ['a broken sub', { 'Fn::Sub': [] }], ['nothing', null],
  ])('%s is no reason to fail', (_, userData) => {
    expect(instance(userData)).toEqual([]);
  });

  test('a text of Fn::Sub that is meant for the shell', () => {
    expect(instance({ 'Fn::Base64': { 'Fn::Sub': '#!/bin/bash\nURL=http://169.254.169.254/latest\ncurl -s ${!URL}/meta-data/mac\n' } }))
      .toEqual(['UserData calls IMDSv1 in line 3 (curl -s ${URL}/meta-data/mac): it sends no X-aws-ec2-metadata-token']);
  });
});

describe('scripts are found where they stand', () => {
  test.each<[string, string, object]>([
    ['AWS::EC2::LaunchTemplate', 'LaunchTemplateData.UserData', { LaunchTemplateData: { UserData: SCRIPT, MetadataOptions: REQUIRED } }],
    ['AWS::AutoScaling::LaunchConfiguration', 'UserData', { UserData: SCRIPT, MetadataOptions: REQUIRED }],
    ['AWS::EC2::SpotFleet', 'SpotFleetRequestConfigData.LaunchSpecifications[].UserData', { SpotFleetRequestConfigData: { LaunchSpecifications: [{ UserData: SCRIPT }] } }],
  ])('%s: %s', (type, path, properties) => {
    expect(textsOf(type, properties)).toEqual([SAID.replace('UserData', path)]);
  });

  test('the commands and the files of AWS::CloudFormation::Init', () => {
    const init = {
      config: {
        commands: { '01_id': { command: CALL }, '02_list': { command: ['curl', '-s', 'http://169.254.169.254/latest/meta-data/mac'] }, '03_fine': { command: 'ls' } },
        files: { '/opt/id.sh': { content: { 'Fn::Join': ['', ['#!/bin/bash\n', CALL, '\n']] }, mode: '000755' }, '/etc/motd': { content: CALL } },
      },
    };
    expect(instance(undefined, { Metadata: { 'AWS::CloudFormation::Init': init } })).toEqual([
      expect.stringContaining('AWS::CloudFormation::Init.config.commands.01_id.command calls IMDSv1 in line 1'),
      expect.stringContaining('AWS::CloudFormation::Init.config.commands.02_list.command calls IMDSv1 in line 1'),
      expect.stringContaining('AWS::CloudFormation::Init.config.files./opt/id.sh.content calls IMDSv1 in line 2'),
    ]);
  });

  test('a script with several calls is one finding, with its lines', () => {
    expect(instance(`#!/bin/bash\n${CALL}\n${CALL} -f\necho\n${CALL} -S\n`)).toEqual([`${SAID}; and lines 3, 5`]);
  });
});
