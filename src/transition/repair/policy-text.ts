import { Token } from 'aws-cdk-lib';

/** Escapes `${...}`, which IAM would read as a policy variable. */
export function literally(text: string): string {
  return Token.isUnresolved(text) ? text : text.replace(/\$\{/g, '${$}{');
}
