import { rmSync } from 'fs';
import { BootstraplessSynthesizer, Stack, Stage } from 'aws-cdk-lib';
import { RootConstruct } from 'constructs';

/**
 * The template of a stack that belongs to no app: without context, feature flags, aspects, validation plugins and metadata of any.
 *
 * A stage under a plain construct is all that it takes. An app would read the context that the CLI hands over.
 *
 * @param build puts into the stack what it holds
 */
export function detachedTemplate(build: (stack: Stack) => void): { readonly [section: string]: unknown } {
  const stage = new Stage(new RootConstruct(), 'Detached');
  try {
    const stack = new Stack(stage, 'Stack', { synthesizer: new BootstraplessSynthesizer(), analyticsReporting: false });
    build(stack);
    return stage.synth({ skipValidation: true }).getStackArtifact(stack.artifactId).template;
  } finally {
    rmSync(stage.outdir, { recursive: true, force: true });
  }
}
