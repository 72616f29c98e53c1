import { readFileSync } from 'fs';
import { join } from 'path';

/** What `cdk init` writes into the `cdk.json` of an app, and what wrote it. */
interface CdkInit {
  /** The version of the CDK CLI, as on npm. */
  readonly cdkCli: string;
  /** The command that writes the file again. */
  readonly writtenBy: string;
  readonly context: { readonly [key: string]: unknown };
}

/** The file as data. A test says when `aws-cdk-lib` recommends a feature flag that it lacks. */
export const CDK_INIT = JSON.parse(readFileSync(join(__dirname, 'cdk-init-context.json'), 'utf8')) as CdkInit;

/** Where the CLI has an app written, from the directory that the app runs in. */
export const CDK_OUT = 'cdk.out';

/** What the CLI adds to the context of every app. It reads the validation report itself, so the app does not fail for what is in it. */
const CONTEXT_OF_CLI = {
  'aws:cdk:enable-path-metadata': true,
  'aws:cdk:enable-asset-metadata': true,
  'aws:cdk:version-reporting': true,
  'aws:cdk:bundling-stacks': ['**'],
  '@aws-cdk/core:failSynthOnValidationErrors': false,
};

/** The environment variables that `cdk synth` runs an app of `cdk init` with, over those of this process. */
export function cdkSynthVariables(): NodeJS.ProcessEnv {
  const { CDK_VALIDATION: _, ...inherited } = process.env;
  return {
    ...inherited,
    CDK_OUTDIR: CDK_OUT,
    CDK_CLI_VERSION: CDK_INIT.cdkCli,
    CDK_DEFAULT_REGION: 'us-east-1',
    CDK_CONTEXT_JSON: JSON.stringify({ ...CDK_INIT.context, ...CONTEXT_OF_CLI }),
  };
}
