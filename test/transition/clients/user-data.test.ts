import { App, Aspects, CfnResource, Fn, Lazy, Mixins, Stack } from 'aws-cdk-lib';
import { CfnInstance, CfnLaunchTemplate, MultipartBody, MultipartUserData, UserData } from 'aws-cdk-lib/aws-ec2';
import { ImdsClientSettings } from '../../../src';
import { reportedIds, synthesize } from '../../harness/synthesized';

const MARK = '# >>> cdk-imdsv2 client settings';

function withUserData(userData: unknown, settings = new ImdsClientSettings()) {
  const stack = new Stack(new App(), 'Stack');
  new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { userData: userData as string } });
  settings.applyTo(stack);
  const { template, reports } = synthesize(stack);
  return { userData: (template.Resources.Template.Properties as any).LaunchTemplateData.UserData, reports };
}

test('commands are put after the first line of a shell script', () => {
  const { userData, reports } = withUserData(Fn.base64('#!/bin/bash\nset -e\necho hello\n'));
  const text: string = userData['Fn::Base64'];
  expect(text).toMatch(/^#!\/bin\/bash\n# >>> cdk-imdsv2 client settings\nexport AWS_EC2_METADATA_V1_DISABLED="\$\{AWS_EC2_METADATA_V1_DISABLED-true\}"\n/);
  expect(text).toMatch(/\n# <<< cdk-imdsv2 client settings\nset -e\necho hello\n$/);
  expect(reports).toEqual([]);
});

test('UserData objects get the settings, also with later additions', () => {
  const stack = new Stack(new App(), 'Stack');
  const linux = UserData.forLinux();
  new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { userData: Fn.base64(Lazy.string({ produce: () => linux.render() })) } });
  Mixins.of(stack).apply(new ImdsClientSettings());
  linux.addCommands(`echo ${stack.region}`, 'echo later');
  const { UserData: data } = (synthesize(stack).template.Resources.Template.Properties as any).LaunchTemplateData;
  const [separator, [first, reference, last]] = data['Fn::Base64']['Fn::Join'];
  expect([separator, reference, last]).toEqual(['', { Ref: 'AWS::Region' }, '\necho later']);
  expect(first.startsWith(`#!/bin/bash\n${MARK}\n`)).toBe(true);
});

test('in Fn::Sub, variables of the shell are escaped', () => {
  const { userData } = withUserData({ 'Fn::Base64': { 'Fn::Sub': '#!/bin/bash\necho ${AWS::Region}\n' } });
  const pattern: string = userData['Fn::Base64']['Fn::Sub'];
  expect(pattern).toContain('"${!AWS_EC2_METADATA_V1_DISABLED-true}"');
  expect(pattern.match(/\$\{[^!][^}]*\}/g)).toEqual(['${AWS::Region}']);
});

test('Windows gets PowerShell after its tag', () => {
  const windows = UserData.forWindows({ persist: true });
  windows.addCommands('Write-Host hello');
  const { userData, reports } = withUserData(Fn.base64(windows.render()));
  expect(userData['Fn::Base64']).toMatch(/^<powershell>\n# >>> cdk-imdsv2 client settings\nif \(-not \[Environment\]::GetEnvironmentVariable\('AWS_EC2_METADATA_V1_DISABLED', 'Machine'\)\)/);
  expect(userData['Fn::Base64']).toMatch(/\n# <<< cdk-imdsv2 client settings\nWrite-Host hello<\/powershell><persist>true<\/persist>$/);
  expect(reports).toEqual([]);
});

test('with a mode in a script, no endpoint is written, and there is a warning', () => {
  const text = '#!/bin/bash\nexport AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE=IPv6\n';
  const { userData, reports } = withUserData(Fn.base64(text), new ImdsClientSettings({ endpoint: 'http://169.254.169.254' }));
  expect(userData['Fn::Base64']).not.toContain('169.254');
  expect(reports).toEqual([expect.objectContaining({ text: expect.stringMatching(/the script mentions AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE, and clients use only one/) })]);
});

test('no option of Java contradicts a script, and a second application changes nothing', () => {
  const stack = new Stack(new App(), 'Stack');
  const text = '#!/bin/bash\nexport AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE=IPv6\n';
  new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { userData: Fn.base64(text) } });
  const settings = new ImdsClientSettings({ endpoint: 'http://169.254.169.254', java: true });
  const written = () => {
    settings.applyTo(stack);
    return (stack.resolve((stack.node.findChild('Template') as CfnLaunchTemplate)._toCloudFormation()).Resources.Template.Properties.LaunchTemplateData.UserData)['Fn::Base64'] as string;
  };
  const once = written();
  expect(once).toContain('-Daws.disableEc2MetadataV1=true');
  expect(once).not.toContain('169.254');
  expect(written()).toBe(once);
  expect(reportedIds(synthesize(stack).reports)).toEqual(['Imdsv2::ClientSettingsLeft']);
});

test('settings that somebody else wrote are not reported as missing', () => {
  const stack = new Stack(new App(), 'Stack');
  new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { userData: Fn.base64('#!/bin/bash\n') } });
  new ImdsClientSettings({ disabled: true, java: true }).applyTo(stack);
  new ImdsClientSettings({ java: true }).applyTo(stack);
  expect(synthesize(stack).reports).toEqual([]);
});

test.each<[string, string]>([
  ['a batch script', '<script>rem <powershell></script><powershell>x</powershell>'],
  ['a batch script that is open', '<script>echo <powershell>x</powershell></script>'],
  ['another one', '<powershell>a</powershell><powershell>b</powershell>'],
])('PowerShell in or beside %s is not changed', (_, text) => {
  const { userData, reports } = withUserData(Fn.base64(text));
  expect(userData['Fn::Base64']).toBe(text);
  expect(reports).toEqual([expect.objectContaining({ text: expect.stringContaining('it is unclear which <powershell> starts the script') })]);
});

test('PowerShell after a batch script gets the settings', () => {
  const { userData } = withUserData(Fn.base64('<script>echo</script>\n<powershell>x</powershell>'));
  expect(userData['Fn::Base64']).toMatch(/^<script>echo<\/script>\n<powershell>\n# >>> cdk-imdsv2/);
});

test('PowerShell ignores the case of variable names', () => {
  const text = "<powershell>$env:aws_ec2_metadata_v1_disabled = 'false'</powershell>";
  expect(withUserData(Fn.base64(text)).userData['Fn::Base64']).toBe(text);
});

test('text in Base64 stays in Base64', () => {
  const { userData } = withUserData(Buffer.from('#!/bin/sh\necho hello\n').toString('base64'));
  expect(Buffer.from(userData, 'base64').toString()).toMatch(/^#!\/bin\/sh\n# >>> cdk-imdsv2[^]*<<< cdk-imdsv2 client settings\necho hello\n$/);
});

const multipart = new MultipartUserData();
multipart.addPart(MultipartBody.fromUserData(UserData.forLinux()));

test.each<[string, unknown, RegExp]>([
  ['a MIME document', Fn.base64(multipart.render()), /it is a MIME document/],
  ['cloud-config', Fn.base64('#cloud-config\npackages: [jq]\n'), /it is a cloud-init file, not a script/],
  ['a Python script', Fn.base64('#!/usr/bin/python3\nprint(1)\n'), /it is not a shell script/],
  ['a parameter', { Ref: 'Data' }, /it is only known at deployment/],
  ['a parameter, encoded', { 'Fn::Base64': { Ref: 'Data' } }, /it is only known at deployment/],
  ['a batch script', Fn.base64('<script>\necho hello\n</script>'), /it has no PowerShell script/],
  ['settings of Bottlerocket', Fn.base64('[settings.host-containers.admin]\nenabled = true\n'), /it is not a known kind of script/],
  ['what is no Base64', '#!/bin/bash\necho\n', /it is compressed, or not in Base64/],
  ['nothing', undefined, /it has no user data/],
  ['a script with a variable of that name', Fn.base64('#!/bin/bash\nexport AWS_EC2_METADATA_V1_DISABLED=false\n'), /the script already mentions it/],
  ['a script that is nearly too long', Fn.base64(`#!/bin/bash\n${'#'.repeat(15_500)}\n`), /it would be longer than 16 KB/],
  ['a script with an archive', Fn.base64('#!/bin/bash\ntail -n +4 "$0" | tar xz\nexit\n'), /the script reads its own lines/],
  ['a script with an archive, by another name', Fn.base64('#!/bin/bash\nSELF=$0\ntail -n +5 "$SELF" | tar xz\n'), /the script reads its own lines/],
  ['a script that is its own input', Fn.base64('#!/bin/bash\nmapfile -s 4 lines < "${0}"\n'), /the script reads its own lines/],
  ['PowerShell with attributes', Fn.base64('<powershell>\n[OutputType([string])]\n[Diagnostics.CodeAnalysis.SuppressMessageAttribute("x", "")]\nparam($x)\n</powershell>'), /starts with a statement that must stay first/],
  ['PowerShell with parameters', Fn.base64('<powershell>\nparam($x)\n</powershell>'), /starts with a statement that must stay first/],
])('%s is not changed, with a warning', (_, userData, because) => {
  const { userData: after, reports } = withUserData(userData);
  expect(after).toEqual(new Stack().resolve(userData));
  expect(reports).toEqual([expect.objectContaining({ level: 'warning', at: 'Stack/Template', id: 'Imdsv2::ClientSettingsLeft', text: expect.stringMatching(because) })]);
});

test('each branch of a condition gets the settings', () => {
  const script = (word: string) => ({ 'Fn::Base64': `#!/bin/bash\necho ${word}\n` });
  const { userData } = withUserData({ 'Fn::If': ['IsBlue', script('blue'), { 'Fn::Base64': { 'Fn::If': ['IsRed', '#!/bin/sh\n', { Ref: 'X' }] } }] });
  const [, blue, other] = userData['Fn::If'];
  expect(blue['Fn::Base64']).toContain(MARK);
  expect(other['Fn::Base64']['Fn::If'][1]).toContain(MARK);
  expect(other['Fn::Base64']['Fn::If'][2]).toEqual({ Ref: 'X' });
});

test('a second application writes nothing', () => {
  const stack = new Stack(new App(), 'Stack');
  new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { userData: Fn.base64('#!/bin/bash\n') } });
  for (const settings of [new ImdsClientSettings(), new ImdsClientSettings()]) { settings.applyTo(stack); }
  Aspects.of(stack).add(new ImdsClientSettings());
  const text = JSON.stringify(synthesize(stack).template);
  expect(text.split(MARK)).toHaveLength(2);
});

test('overrides are written if they hide the property', () => {
  const stack = new Stack(new App(), 'Stack');
  const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { userData: Fn.base64('#!/bin/bash\n') } });
  template.addPropertyOverride('LaunchTemplateData.UserData', { 'Fn::Base64': '#!/bin/sh\necho over\n' });
  new ImdsClientSettings().applyTo(template);
  const { UserData: data } = (synthesize(stack).template.Resources.Template.Properties as any).LaunchTemplateData;
  expect(data['Fn::Base64']).toMatch(/^#!\/bin\/sh\n# >>> cdk-imdsv2[^]*\necho over\n$/);
});

test('a single instance is not changed by default', () => {
  const stack = new Stack(new App(), 'Stack');
  new CfnInstance(stack, 'Host', { userData: Fn.base64('#!/bin/bash\n') });
  new ImdsClientSettings().applyTo(stack);
  const { template, reports } = synthesize(stack);
  expect(template.Resources.Host.Properties).toEqual({ UserData: { 'Fn::Base64': '#!/bin/bash\n' } });
  expect(reports.map(({ text }) => text)).toEqual([expect.stringMatching(/a deployment would restart the instance, which restartInstances allows/)]);
});

test('with restartInstances, it is changed and announced', () => {
  const stack = new Stack(new App(), 'Stack');
  new CfnInstance(stack, 'Host', { userData: Fn.base64('#!/bin/bash\n') });
  new ImdsClientSettings({ restartInstances: true }).applyTo(stack);
  const { template, reports } = synthesize(stack);
  expect(JSON.stringify(template.Resources.Host)).toContain(MARK);
  expect(reportedIds(reports)).toEqual(['Imdsv2::ClientSettingsReplace']);
});

test('a template that an instance follows is not changed by default, and the effect on groups is reported', () => {
  const build = (settings: ImdsClientSettings) => {
    const stack = new Stack(new App(), 'Stack');
    const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { userData: Fn.base64('#!/bin/bash\n') } });
    new CfnInstance(stack, 'Host', { launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber } });
    settings.applyTo(stack);
    return synthesize(stack);
  };
  const left = build(new ImdsClientSettings());
  expect(JSON.stringify(left.template)).not.toContain(MARK);
  expect(left.reports.map(({ text }) => text)).toEqual([expect.stringMatching(/a deployment would replace Stack\/Host/)]);
  const written = build(new ImdsClientSettings({ restartInstances: true }));
  expect(JSON.stringify(written.template)).toContain(MARK);
  expect(written.reports.map(({ text }) => text)).toEqual([expect.stringMatching(/Stack\/Host is replaced/)]);
});

test('a group with rolling updates is announced', () => {
  const stack = new Stack(new App(), 'Stack');
  const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { userData: Fn.base64('#!/bin/bash\n') } });
  const group = new CfnResource(stack, 'Group', {
    type: 'AWS::AutoScaling::AutoScalingGroup',
    properties: { LaunchTemplate: { LaunchTemplateId: template.ref, Version: template.attrLatestVersionNumber }, MinSize: '1', MaxSize: '1' },
  });
  group.cfnOptions.updatePolicy = { autoScalingRollingUpdate: { minInstancesInService: 1 } };
  new ImdsClientSettings().applyTo(stack);
  const { reports } = synthesize(stack);
  expect(reports).toEqual([expect.objectContaining({ id: 'Imdsv2::ClientSettingsReplace', text: expect.stringMatching(/Stack\/Group replaces its running instances/) })]);
});
