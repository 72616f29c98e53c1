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

/** The findings about the scripts of a resource. */
function textsOf(Type: string, Properties: object, more: object = {}): string[] {
  const { findings } = judgedIn({ Resources: { Web: { Type, Properties, ...more } } });
  return findings.filter(({ rule }) => rule === 'Imdsv2::UserDataCallsImdsv1').map(findingText);
}

const instance = (UserData: unknown, more: object = {}) => textsOf('AWS::EC2::Instance', { UserData, MetadataOptions: REQUIRED }, more);
const SAID = `UserData calls IMDSv1 in line 2 (${CALL}): it sends no X-aws-ec2-metadata-token`;

describe('user data is read in any form', () => {
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

  test('a call with a token is accepted', () => {
    expect(instance({ 'Fn::Base64': V2 })).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['a number', 5], ['a list', [SCRIPT]], ['an unknown function', { 'Fn::ImportValue': 'x' }], ['a broken join', { 'Fn::Join': [1] }],
    ['a broken sub', { 'Fn::Sub': [] }], ['nothing', null],
  ])('%s causes no failure', (_, userData) => {
    expect(instance(userData)).toEqual([]);
  });

  test('a text of Fn::Sub with variables of the shell', () => {
    expect(instance({ 'Fn::Base64': { 'Fn::Sub': '#!/bin/bash\nURL=http://169.254.169.254/latest\ncurl -s ${!URL}/meta-data/mac\n' } }))
      .toEqual(['UserData calls IMDSv1 in line 3 (curl -s ${URL}/meta-data/mac): it sends no X-aws-ec2-metadata-token']);
  });
});

describe('scripts are found in their places', () => {
  test.each<[string, string, object]>([
    ['AWS::EC2::LaunchTemplate', 'LaunchTemplateData.UserData', { LaunchTemplateData: { UserData: SCRIPT, MetadataOptions: REQUIRED } }],
    ['AWS::AutoScaling::LaunchConfiguration', 'UserData', { UserData: SCRIPT, MetadataOptions: REQUIRED }],
    ['AWS::EC2::SpotFleet', 'SpotFleetRequestConfigData.LaunchSpecifications[0].UserData', { SpotFleetRequestConfigData: { LaunchSpecifications: [{ UserData: SCRIPT }] } }],
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
      expect.stringContaining('AWS::CloudFormation::Init.config.files./opt/id.sh.content calls IMDSv1 in line 2'),
      expect.stringContaining('AWS::CloudFormation::Init.config.commands.01_id.command calls IMDSv1 in line 1'),
      expect.stringContaining('AWS::CloudFormation::Init.config.commands.02_list.command calls IMDSv1 in line 1'),
    ]);
  });

  test.each([
    { header: '', expected: ['AWS::CloudFormation::Init.config.commands.01_id.command calls IMDSv1 in line 1'] },
    { header: ' -H "X-aws-ec2-metadata-token: $(curl -s -X PUT -H \'X-aws-ec2-metadata-token-ttl-seconds: 60\' http://169.254.169.254/latest/api/token)"', expected: [] },
  ])('a command that gives an address to a file of AWS::CloudFormation::Init with "$header"', ({ header, expected }) => {
    const files = { '/opt/get': { content: `#!/bin/sh\nexec curl -s${header} "$1"\n`, mode: '000755' } };
    const commands = { '01_id': { command: '/opt/get http://169.254.169.254/latest/meta-data/instance-id' } };
    expect(instance(undefined, { Metadata: { 'AWS::CloudFormation::Init': { config: { files, commands } } } })).toEqual(expected.map(text => expect.stringContaining(text) as string));
  });

  test('downloads of AWS::CloudFormation::Init from the service', () => {
    const init = { config: { files: { '/opt/data': { source: 'http://169.254.169.254/latest/user-data' } }, sources: { '/opt/all': 'https://example.com/all.zip' } } };
    expect(instance(undefined, { Metadata: { 'AWS::CloudFormation::Init': init } }))
      .toEqual([expect.stringContaining('AWS::CloudFormation::Init.config.files./opt/data.source calls IMDSv1 in line 1')]);
  });

  const POWERSHELL = 'Invoke-RestMethod http://169.254.169.254/latest/meta-data/instance-id';
  const COMPONENT = `name: id
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Id
        action: ExecuteBash
        inputs:
          commands:
            - echo start
            - ${CALL}
`;
  const STEPS = [
    { action: 'aws:runShellScript', name: 'id', inputs: { runCommand: ['#!/bin/bash', CALL, { Ref: 'More' }] } },
    { action: 'aws:runPowerShellScript', name: 'windows', inputs: { runCommand: '$id = irm http://169.254.169.254/latest/meta-data/mac' } },
    { action: 'aws:executeScript', name: 'elsewhere', inputs: { Runtime: 'python3.11', Script: 'import requests\nrequests.get("http://169.254.169.254/latest/meta-data/")' } },
  ];

  test.each<[string, string, object, string]>([
    ['AWS::ImageBuilder::Component', 'in YAML', { Data: COMPONENT }, 'Data calls IMDSv1 in line 11'],
    ['AWS::ImageBuilder::Component', 'in PowerShell', { Data: COMPONENT.replace(CALL, 'iwr http://169.254.169.254/latest/user-data').replace('Bash', 'PowerShell') }, 'Data calls IMDSv1 in line 11'],
    ['AWS::ImageBuilder::ImageRecipe', 'in Base64', { AdditionalInstanceConfiguration: { UserDataOverride: { 'Fn::Base64': SCRIPT } } },
      'AdditionalInstanceConfiguration.UserDataOverride calls IMDSv1 in line 2'],
    ['AWS::SSM::Document', 'as an object', { Content: { schemaVersion: '2.2', mainSteps: STEPS.slice(0, 1) } }, 'Content.mainSteps[0].inputs.runCommand calls IMDSv1 in line 2'],
    ['AWS::SSM::Document', 'for PowerShell', { Content: { schemaVersion: '2.2', mainSteps: STEPS.slice(1) } }, 'Content.mainSteps[0].inputs.runCommand calls IMDSv1 in line 1'],
    ['AWS::SSM::Document', 'as JSON', { Content: JSON.stringify({ schemaVersion: '2.2', mainSteps: [{ ...STEPS[0], inputs: { runCommand: [CALL] } }] }, null, 1) }, 'Content calls IMDSv1 in line 9'],
    ['AWS::SSM::Document', 'of version 1.2', { Content: { schemaVersion: '1.2', runtimeConfig: { 'aws:runPowerShellScript': { properties: [{ runCommand: [POWERSHELL] }] } } } },
      'Content.runtimeConfig.aws:runPowerShellScript.properties[0].runCommand calls IMDSv1 in line 1'],
    ['AWS::SSM::Document', 'that runs another one', { Content: { mainSteps: [{ action: 'aws:runCommand', inputs: { DocumentName: 'AWS-RunShellScript', Parameters: { commands: [CALL] } } }] } },
      'Content.mainSteps[0].inputs.Parameters.commands calls IMDSv1 in line 1'],
    ['AWS::SSM::Association', 'of shell', { Name: 'AWS-RunShellScript', Parameters: { commands: ['echo', CALL] } }, 'Parameters.commands calls IMDSv1 in line 2'],
    ['AWS::SSM::Association', 'of PowerShell', { Name: 'AWS-RunPowerShellScript', Parameters: { commands: ['irm http://169.254.169.254/latest/user-data'] } }, 'Parameters.commands calls IMDSv1 in line 1'],
    ['AWS::SSM::MaintenanceWindowTask', 'of shell', { TaskArn: 'AWS-RunShellScript', TaskInvocationParameters: { MaintenanceWindowRunCommandParameters: { Parameters: { commands: [CALL] } } } },
      'TaskInvocationParameters.MaintenanceWindowRunCommandParameters.Parameters.commands calls IMDSv1 in line 1'],
    ['AWS::ECS::TaskDefinition', 'in a shell', { ContainerDefinitions: [{ Image: 'a' }, { EntryPoint: ['sh', '-c'], Command: [`${CALL} && exec app`] }] }, 'ContainerDefinitions[1].Command calls IMDSv1 in line 1'],
    ['AWS::ECS::TaskDefinition', 'that asks whether it is well', { ContainerDefinitions: [{ HealthCheck: { Command: ['CMD-SHELL', `${CALL} || exit 1`] } }] },
      'ContainerDefinitions[0].HealthCheck.Command calls IMDSv1 in line 1'],
    ['AWS::Batch::JobDefinition', 'in a shell', { ContainerProperties: { Command: ['/bin/bash', '-lc', { 'Fn::Join': ['', ['ID=$(', CALL, '); run ', { Ref: 'Bucket' }]] }] } }, 'ContainerProperties.Command calls IMDSv1 in line 1'],
    ['AWS::Batch::JobDefinition', 'of EKS', { EksProperties: { PodProperties: { Containers: [{ Command: ['sh'], Args: ['-c', CALL] }] } } }, 'EksProperties.PodProperties.Containers[0].Args calls IMDSv1 in line 1'],
    ['AWS::SageMaker::NotebookInstanceLifecycleConfig', 'in Base64', { OnStart: [{ Content: { 'Fn::Base64': SCRIPT } }] }, 'OnStart[0].Content calls IMDSv1 in line 2'],
  ])('%s %s', (type, _, properties, said) => {
    expect(textsOf(type, properties)).toEqual([expect.stringContaining(said)]);
  });

  test.each<[string, object]>([
    ['AWS::SSM::Document', { Content: { mainSteps: STEPS.slice(2) } }],
    ['AWS::SSM::Document', { Content: JSON.stringify({ schemaVersion: '0.3', mainSteps: STEPS.slice(2) }) }],
    ['AWS::SSM::Association', { Name: 'AWS-RunShellScript', Parameters: { commands: ['yum update -y'] } }],
    ['AWS::ECS::TaskDefinition', { RequiresCompatibilities: ['FARGATE'], ContainerDefinitions: [{ Command: ['sh', '-c', CALL] }] }],
    ['AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Command: ['echo', CALL] }] }],
    ['AWS::Batch::JobDefinition', { PlatformCapabilities: ['FARGATE'], ContainerProperties: { Command: ['sh', '-c', CALL] } }],
  ])('%s that runs none of it on an instance: %j', (type, properties) => {
    expect(textsOf(type, properties)).toEqual([]);
  });

  test('a script with several calls is one finding, with its lines', () => {
    expect(instance(`#!/bin/bash\n${CALL}\n${CALL} -f\necho\n${CALL} -S\n`)).toEqual([`${SAID}; so do lines 3, 5`]);
  });

  test('a finding about many calls names a few lines, and the number of the others once', () => {
    expect(instance(`#!/bin/bash\n${`${CALL}\n`.repeat(60)}`)).toEqual([`${SAID}; so do lines 3, 4, 5, 6, 7 and 54 more`]);
  });
});
