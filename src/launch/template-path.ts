import { resolve } from 'path';
import { Stack, Stage } from 'aws-cdk-lib';

/** The path of the template of a stack. */
export function templatePathOf(stack: Stack): string {
  return resolve(Stage.of(stack)?.outdir ?? '.', stack.templateFile);
}

/** The path of the template that a stack is deployed with: for a nested stack or a product, that of the outermost stack. */
export function deployedTemplateOf(stack: Stack): string {
  let outermost = stack;
  for (let around: Stack | undefined = stack; around; around = stackAround(around)) { outermost = around; }
  return templatePathOf(outermost);
}

/** Whether the template of a stack is an asset that another service deploys, as a product of Service Catalog. */
export function isProduct(stack: Stack): boolean {
  return '_getTemplateUrl' in stack;
}

/** The stack that brings the template of another one along. */
function stackAround(stack: Stack): Stack | undefined {
  return stack.nestedStackParent ?? (isProduct(stack) && stack.node.scope ? Stack.of(stack.node.scope) : undefined);
}
