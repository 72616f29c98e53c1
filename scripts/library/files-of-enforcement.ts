import { execFileSync } from 'child_process';
import { relative } from 'path';
import { REPOSITORY, scratchDirectory } from '../scratch-copy';
import { LIBRARY } from './compiled-files';

/** An app with `Imdsv2.enforce()`. Some of its instances need a setting, some are replaced with a warning, and most resources are not instances. */
const APP = `
const { App, CfnResource, Stack } = require('aws-cdk-lib');
const { CfnInstance, CfnLaunchTemplate } = require('aws-cdk-lib/aws-ec2');
const [library, outdir] = process.argv.slice(1);
const app = new App({ analyticsReporting: false, outdir });
const stack = new Stack(app, 'Stack');
const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { instanceType: 't3.micro' } });
new CfnInstance(stack, 'Following', { launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber } });
new CfnInstance(stack, 'Alone', { instanceType: 't3.micro' });
new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
require(library).Imdsv2.enforce(app);
app.synth();
console.log(JSON.stringify(Object.keys(require.cache)));
`;

/** The files that a synthesis with `Imdsv2.enforce()` loads, by their paths in the library without the extension. */
export function filesOfEnforcement(): string[] {
  const printed = execFileSync(process.execPath, ['-e', APP, LIBRARY, scratchDirectory()], {
    cwd: REPOSITORY,
    encoding: 'utf8',
    env: { ...process.env, CDK_VALIDATION: 'false' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const loaded: string[] = JSON.parse(printed.trim().split('\n').pop()!);
  return loaded.map(file => relative(LIBRARY, file)).filter(file => !file.startsWith('..') && file !== 'index.js')
    .map(file => file.slice(0, -'.js'.length)).sort();
}

