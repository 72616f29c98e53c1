import { resolve } from 'path';
import type { Stack } from 'aws-cdk-lib';
import { Stage } from 'aws-cdk-lib';

/** Where the template of a stack is written. */
export function templatePathOf(stack: Stack): string {
  return resolve(Stage.of(stack)?.outdir ?? '.', stack.templateFile);
}

/** Where the template of the stack is written that a construct is deployed with: for one in a nested stack, the outermost. */
export function deployedTemplateOf(stack: Stack): string {
  let outermost = stack;
  while (outermost.nestedStackParent) { outermost = outermost.nestedStackParent; }
  return templatePathOf(outermost);
}
