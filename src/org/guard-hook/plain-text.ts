import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { JsonObject } from '../../model/intrinsics';
import { intrinsicName } from '../../model/intrinsics';

/** A text for people. Tokens are shown in the form of `Fn::Sub`: `arn:${AWS::Partition}:s3:::rules`. */
export function plainText(scope: Construct, text: string): string {
  return written(Stack.of(scope).resolve(text));
}

function written(value: unknown): string {
  if (typeof value === 'string') { return value; }
  const name = intrinsicName(value);
  const args = name && (value as JsonObject)[name];
  if (name === 'Ref') { return `\${${args}}`; }
  if (name === 'Fn::Sub' && typeof args === 'string') { return args; }
  if (name === 'Fn::GetAtt' && Array.isArray(args)) { return `\${${args.join('.')}}`; }
  if (name === 'Fn::Join') {
    const [separator, pieces] = args as [string, unknown];
    if (Array.isArray(pieces)) { return pieces.map(written).join(separator); }
  }
  return JSON.stringify(value);
}
