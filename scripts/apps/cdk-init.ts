import { readFileSync } from 'fs';
import { join } from 'path';

/** The `cdk.json` that `cdk init` writes, and the CLI that wrote it. */
interface CdkInit {
  /** The version of the CDK CLI, as on npm. */
  readonly cdkCli: string;
  /** The command that writes the file. */
  readonly writtenBy: string;
  readonly context: { readonly [key: string]: unknown };
}

/** The file as data. A test fails if it lacks a feature flag that `aws-cdk-lib` recommends. */
export const CDK_INIT = JSON.parse(readFileSync(join(__dirname, 'cdk-init-context.json'), 'utf8')) as CdkInit;

/** The output directory of the CLI, relative to the directory of the app. */
export const CDK_OUT = 'cdk.out';

/** The context that the CLI adds to every app. The CLI reads the validation report itself, so the app does not fail because of it. */
const CONTEXT_OF_CLI = {
  'aws:cdk:enable-path-metadata': true,
  'aws:cdk:enable-asset-metadata': true,
  'aws:cdk:version-reporting': true,
  'aws:cdk:bundling-stacks': ['**'],
  '@aws-cdk/core:failSynthOnValidationErrors': false,
};

/** The environment variables of `cdk synth` for an app of `cdk init`, in addition to those of this process. */
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
