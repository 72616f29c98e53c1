import { rmSync } from 'fs';
import { BootstraplessSynthesizer, Stack, Stage } from 'aws-cdk-lib';
import { RootConstruct } from 'constructs';

/**
 * The template of a stack that belongs to no app, as a text that a stack set can hold.
 *
 * @param build puts into the stack what it holds
 * @param most how many bytes it may have: what CloudFormation takes inline, unless it is to be an object in S3
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
 * A stage under a plain construct is all that it takes. An app would read the context that the CLI hands over.
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

/** What CloudFormation takes inline, in bytes. */
const MAX_LENGTH = 51_200;
