import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type { StackProps } from 'aws-cdk-lib';
import { App, DefaultStackSynthesizer, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { switchOffValidation } from './no-validation';

/** A directory of this test file, which is deleted at its end. */
export const SCRATCH = mkdtempSync(join(tmpdir(), 'cdk-imdsv2-'));
afterAll(() => rmSync(SCRATCH, { recursive: true, force: true }));

/** An app that writes as little as possible: no tree, no metadata resource, no validation of CDK. */
export function scratchApp(context: { readonly [flag: string]: unknown } = {}, outdir = mkdtempSync(join(SCRATCH, 'cdk.out-'))): App {
  const props = {
    outdir,
    builtinCloudFormationValidation: false,
    analyticsReporting: false,
    treeMetadata: false,
    context: { 'aws:cdk:disable-stack-trace': true, ...context },
  };
  const app = new App(props);
  switchOffValidation(app);
  return app;
}

/** A stack whose template contains only what the test adds. */
export function scratchStack(scope: Construct = scratchApp(), id = 'Stack', props: StackProps = {}): Stack {
  return new Stack(scope, id, { synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }), ...props });
}

/** Two stacks of one app. The second can reference resources of the first. */
export function twoStacks(context: { readonly [flag: string]: unknown } = {}): { readonly other: Stack; readonly stack: Stack } {
  const app = scratchApp(context);
  return { other: scratchStack(app, 'Other'), stack: scratchStack(app, 'Stack') };
}
