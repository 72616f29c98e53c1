/**
 * Checks plain CloudFormation templates, JSON or YAML, and changes nothing in them:
 *
 *     npx tsx --tsconfig tsconfig.dev.json examples/check-template/app.ts [directory]
 *
 * Every template of the directory becomes a stack, so that one may launch from what another exports. Findings stand on the console, the
 * exit code says whether one of them is an error, and the reports lie in the cloud assembly, in `cdk.out`.
 */
import { join } from 'path';
import { FailOn, ImdsReport, Imdsv2 } from 'cdk-imdsv2';
import { templatesApp } from './templates-app';

const [directory = join(__dirname, 'templates')] = process.argv.slice(2);

const app = templatesApp(directory, { outdir: 'cdk.out' });
Imdsv2.check(app, { failOn: FailOn.ERROR, reports: [ImdsReport.html(), ImdsReport.sarif()] });
app.synth();
