import { Token } from 'aws-cdk-lib';
import { describeValue } from '../../model/setting';
import { listOf } from '../exemption-conditions';
import type { ImdsGuardrailStatementProps } from '../statement-props';

/** The form of ARNs or names of one kind. */
interface Form {
  readonly pattern: RegExp;
  readonly words: string;
  readonly example: string;
}

const ROLE: Form = { pattern: /^arn:[^:]+:iam::[^:]*:role\/.*[^*?/]/, words: 'ARNs of roles', example: 'arn:*:iam::*:role/platform/*' };
const FUNCTION: Form = {
  pattern: /^arn:[^:]+:lambda:[^:]*:[^:]*:function:[*?]*[^*?:][^:]*$/,
  words: 'ARNs of Lambda functions without a version or an alias',
  example: 'arn:*:lambda:*:*:function:platform-*',
};
const RULE: Form = {
  pattern: /^arn:[^:]+:events:[^:]*:[^:]*:rule\/.*[^*?/]/, words: 'ARNs of EventBridge rules', example: 'arn:*:events:*:*:rule/platform-*',
};
const STACK: Form = { pattern: /^[*?-]*[A-Za-z0-9][A-Za-z0-9*?-]*$/, words: 'names of stacks', example: 'StackSet-imds-*' };
const STACK_SET: Form = { ...STACK, words: 'names of stack sets', example: 'imds-*' };

/** The checked resources of guardrails. */
export class GuardrailResources {
  public readonly functionArns: readonly string[];
  public readonly roleArns: readonly string[];
  public readonly ruleArns: readonly string[];
  public readonly stackNames: readonly string[];
  public readonly stackSetNames: readonly string[];

  /**
   * @throws Error if an ARN or a name is not valid, or names everything
   */
  public constructor(props: ImdsGuardrailStatementProps) {
    this.functionArns = checked('functionArns', props.functionArns, FUNCTION);
    this.roleArns = checked('roleArns', props.roleArns, ROLE);
    this.ruleArns = checked('ruleArns', props.ruleArns, RULE);
    this.stackNames = checked('stackNames', props.stackNames, STACK);
    this.stackSetNames = checked('stackSetNames', props.stackSetNames, STACK_SET);
  }
}

function checked(name: string, given: readonly string[] | undefined, { pattern, words, example }: Form): readonly string[] {
  const elements = listOf(name, given);
  elements.forEach((element: unknown) => {
    if (Token.isUnresolved(element) || typeof element === 'string' && pattern.test(element)) { return; }
    throw new Error(`${name} must be ${words}, such as '${example}', got ${describeValue(element)}`);
  });
  return elements;
}
