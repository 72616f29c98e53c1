import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { CfnJobDefinition } from 'aws-cdk-lib/aws-batch';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { CfnComponent } from 'aws-cdk-lib/aws-imagebuilder';
import { CfnAssociation, CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { ContainerHost, ImdsReport, Imdsv2 } from '../../src';
import type { Report } from '../../src/report/report';
import { checked } from '../check/checked';

const CALL = 'curl -s http://169.254.169.254/latest/meta-data/instance-id';

/** Typed resources with scripts that call IMDSv1, one for each kind of place. */
function scripts(stack: Stack): void {
  new CfnComponent(stack, 'Component', {
    name: 'id', platform: 'Linux', version: '1.0.0', data: JSON.stringify({ phases: [{ name: 'build', steps: [{ action: 'ExecuteBash', name: 'id', inputs: { commands: [CALL] } }] }] }),
  });
  new CfnDocument(stack, 'Document', { content: { schemaVersion: '2.2', mainSteps: [{ action: 'aws:runShellScript', name: 'id', inputs: { runCommand: [CALL] } }] } });
  new CfnAssociation(stack, 'Association', { name: 'AWS-RunShellScript', parameters: { commands: [CALL] } });
  new CfnTaskDefinition(stack, 'Task', { containerDefinitions: [{ name: 'app', image: 'app', entryPoint: ['sh', '-c'], command: [Fn.join(' ', [CALL, '; exec', Fn.ref('AWS::StackName')])] }] });
  new CfnJobDefinition(stack, 'Job', { type: 'container', containerProperties: { image: 'job', command: ['bash', '-lc', CALL] } });
}

describe('scripts in typed resources without launches', () => {
  const NAMES = ['Component', 'Document', 'Association', 'Task', 'Job'];

  test('enforcement warns about them, and changes nothing', () => {
    const app = new App();
    const stack = new Stack(app, 'Shop');
    scripts(stack);
    Imdsv2.enforce(app);
    const assembly = app.synth();
    const warned = assembly.getStackByName('Shop').messages.filter(({ entry }) => String(entry.data).includes('calls IMDSv1'));
    expect(warned.map(({ id }) => id)).toEqual(NAMES.map(name => `/Shop/${name}`));
  });

  test.each<[string, readonly string[], string]>([
    ['not parsed', ['#cloud-config', 'runcmd:', ' - [', `get ${CALL.slice(8)}`], 'line 4 (get http://169.254.169.254/latest/meta-data/instance-id): its line has no'],
    ['not followed', ['log(){ echo "$1"; }', 'get(){ curl "$@"; }', ...Array.from({ length: 2_100 }, () => 'log x'), `get ${CALL.slice(8)}`], 'line 2 (curl "$@"): it sends no'],
  ])('enforcement warns about a call in a part that is %s', (_, lines, expected) => {
    const app = new App();
    new CfnLaunchTemplate(new Stack(app, 'Shop'), 'Template', { launchTemplateData: { userData: Fn.base64(lines.join('\n')) } });
    Imdsv2.enforce(app);
    const messages = app.synth().getStackByName('Shop').messages.map(({ entry }) => String(entry.data));
    expect(messages).toEqual([expect.stringContaining(expected)]);
  });

  test('a report has the findings, and does not list these resources', () => {
    const app = new App();
    const stack = new Stack(app, 'Shop');
    scripts(stack);
    new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { metadataOptions: { httpTokens: 'required' } } });
    checked(app, { reports: [ImdsReport.json(), ImdsReport.html(), ImdsReport.markdown(), ImdsReport.junit(), ImdsReport.sarif()] });
    const report = JSON.parse(readFileSync(join(app.outdir, 'imdsv2-report.json'), 'utf8')) as Report;
    expect(report.resources.map(({ logicalId }) => logicalId)).toEqual(['Template']);
    expect(report.totals).toMatchObject({ resources: 1, required: 1, warnings: 5 });
    expect(report.findings.map(({ path }) => path)).toEqual(NAMES.map(name => `Shop/${name}`));
    for (const ending of ['html', 'md', 'junit.xml', 'sarif']) {
      const text = readFileSync(join(app.outdir, `imdsv2-report.${ending}`), 'utf8');
      expect(NAMES.filter(name => !text.includes(name))).toEqual([]);
    }
  });

  test('a report shows the lines of the script, the calls for IMDSv2, and downloaded scripts', () => {
    const app = new App();
    const stack = new Stack(app, 'Shop');
    const script = ['#!/bin/bash', 'set -e', `ID=$(${CALL})`, 'echo "$ID"', 'curl -fsSL https://example.com/setup.sh | bash', 'rm -f /tmp/x', ''].join('\n');
    new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { metadataOptions: { httpTokens: 'required' }, userData: Fn.base64(script) } });
    checked(app, { reports: [ImdsReport.json(), ImdsReport.html(), ImdsReport.markdown()] });
    const report = JSON.parse(readFileSync(join(app.outdir, 'imdsv2-report.json'), 'utf8')) as Report;
    const rewritten = CALL.replace('curl', 'curl -H "X-aws-ec2-metadata-token: $IMDS_TOKEN"');
    expect(report.findings.map(({ calls }) => calls)).toEqual([[{
      line: 3,
      command: CALL,
      reason: 'it sends no X-aws-ec2-metadata-token',
      certainty: 'certain',
      rewritten,
      tokenCommand: expect.stringContaining('IMDS_TOKEN=$(curl'),
      excerpt: [{ line: 2, text: 'set -e', isCall: false }, { line: 3, text: `ID=$(${CALL})`, isCall: true }, { line: 4, text: 'echo "$ID"', isCall: false }],
    }]]);
    expect(report.unseenScripts).toEqual([{
      resource: 'Shop.template.json#Template',
      path: 'Shop/Template',
      template: 'Shop.template.json',
      location: 'Properties.LaunchTemplateData.UserData',
      line: 5,
      url: 'https://example.com/setup.sh',
    }]);
    const html = readFileSync(join(app.outdir, 'imdsv2-report.html'), 'utf8');
    expect(html).toContain(`<mark><span class="line-number">3</span> <bdi>ID=$(${CALL})</bdi></mark>`);
    expect(html).toContain(rewritten.replaceAll('"', '&quot;'));
    expect(html).toContain('1 script not seen');
    const markdown = readFileSync(join(app.outdir, 'imdsv2-report.md'), 'utf8');
    expect(markdown).toContain(`  >    3 | ID=$(${CALL})\n`);
    expect(markdown).toContain(`  ${rewritten}\n`);
    expect(markdown).toContain('`https://example.com/setup.sh` in line 5 of `Properties.LaunchTemplateData.UserData` in `Shop/Template`');
  });

  test('a container host is not among them', () => {
    const stack = new Stack();
    scripts(stack);
    expect(stack.node.children.filter(child => new ContainerHost().supports(child))).toEqual([]);
  });
});

describe('scripts with parameters of the template in Fn::Sub', () => {
  const script = (name: string) => `#!/bin/bash\n${CALL}\nhostname ${name}\n`;

  test.each<[string, (stack: Stack) => void]>([
    ['in an included template', stack => {
      const templateFile = join(mkdtempSync(join(tmpdir(), 'included-')), 'web.json');
      const UserData = { 'Fn::Base64': { 'Fn::Sub': [script('${Name}-${Own}-${!Shell}'), { Own: 'web' }] } };
      writeFileSync(templateFile, JSON.stringify({ Parameters: { Name: { Type: 'String' } }, Resources: { Web: { Type: 'AWS::EC2::Instance', Properties: { UserData } } } }));
      new CfnInclude(stack, 'Web', { templateFile });
    }],
    ['in a typed resource', stack => {
      const name = new CfnParameter(stack, 'Name');
      new CfnInstance(stack, 'Web', { userData: Fn.base64(Fn.sub(script(name.valueAsString))) });
    }],
  ])('%s', (_, build) => {
    const app = new App();
    const stack = new Stack(app, 'Shop');
    build(stack);
    Imdsv2.enforce(app);
    const warned = app.synth().getStackByName('Shop').messages.filter(({ entry }) => String(entry.data).includes('UserData calls IMDSv1 in line 2'));
    expect(warned).toHaveLength(1);
  });
});
