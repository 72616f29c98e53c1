/**
 * Checks plain CloudFormation templates, JSON or YAML, and changes nothing in them:
 *
 *     npx tsx --tsconfig tsconfig.dev.json examples/check-template/app.ts [directory]
 *
 * Every template of the directory becomes a stack, so that one can launch from exports of another. Findings are printed, the
 * exit code tells whether one of them is an error, and the reports are in the cloud assembly, in `cdk.out`.
 */
import { join } from 'path';
import { FailOn, ImdsReport, Imdsv2 } from 'cdk-imdsv2';
import { templatesApp } from './templates-app';

const [directory = join(__dirname, 'templates')] = process.argv.slice(2);

const app = templatesApp(directory, { outdir: 'cdk.out' });
Imdsv2.check(app, { failOn: FailOn.ERROR, reports: [ImdsReport.html(), ImdsReport.sarif()] });
app.synth();
