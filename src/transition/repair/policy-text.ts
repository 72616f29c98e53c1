import { Token } from 'aws-cdk-lib';

/** A text as it stands, where IAM would take `${...}` for a variable. */
export function literally(text: string): string {
  return Token.isUnresolved(text) ? text : text.replace(/\$\{/g, '${$}{');
}
