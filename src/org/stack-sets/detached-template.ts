import { rmSync } from 'fs';
import { BootstraplessSynthesizer, Stack, Stage } from 'aws-cdk-lib';
import { RootConstruct } from 'constructs';

/**
 * The template of a stack that belongs to no app, as text for a stack set.
 *
 * @param build adds the resources to the stack
 * @param most the maximum number of bytes: by default what CloudFormation accepts inline, without an object in S3
 * @throws Error if it gets too long
 */
export function detachedTemplateBody(build: (stack: Stack) => void, most = MAX_LENGTH): string {
  const body = JSON.stringify(detachedTemplate(build));
  const length = Buffer.byteLength(body);
  if (length > most) { throw new Error(`the template of the stack set must have ${most} bytes at most, got ${length}`); }
  return body;
}

/**
 * The template of a stack without context, feature flags, aspects, validation plugins and metadata of any app.
 *
 * It needs only a stage below a plain construct. An app would read the context of the CLI.
 */
function detachedTemplate(build: (stack: Stack) => void): { readonly [section: string]: unknown } {
  const stage = new Stage(new RootConstruct(), 'Detached');
  try {
    const stack = new Stack(stage, 'Stack', { synthesizer: new BootstraplessSynthesizer(), analyticsReporting: false });
    build(stack);
    return stage.synth({ skipValidation: true }).getStackArtifact(stack.artifactId).template;
  } finally {
    rmSync(stage.outdir, { recursive: true, force: true });
  }
}

/** The maximum number of bytes that CloudFormation accepts inline. */
const MAX_LENGTH = 51_200;
