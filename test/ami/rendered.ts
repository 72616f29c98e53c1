import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { STACK_ID } from '../handlers/harness/cloudformation';
import type { Json } from '../harness/json';

const PSEUDO: { readonly [name: string]: string } = {
  'AWS::Partition': 'aws', 'AWS::Region': 'eu-west-1', 'AWS::AccountId': '111122223333', 'AWS::StackId': STACK_ID,
};

/** A value of a template with values for its pseudo parameters. References to resources become the names of the resources. */
export function rendered(value: unknown): unknown {
  if (Array.isArray(value)) { return value.map(rendered); }
  if (typeof value !== 'object' || value === null) { return value; }
  const { Ref, 'Fn::Join': join, 'Fn::GetAtt': attribute } = value as { 'Ref'?: string; 'Fn::Join'?: [string, unknown[]]; 'Fn::GetAtt'?: string[] };
  if (Ref !== undefined) { return PSEUDO[Ref] ?? `{${Ref}}`; }
  if (attribute) { return `{${attribute.join('.')}}`; }
  if (join) { return join[1].map(rendered).join(join[0]); }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, rendered(part)]));
}

/** The permissions of the role of the only function in a stack, without its log. */
export function rightsIn(stack: Stack): Json[] {
  const template = Template.fromStack(stack);
  const [role] = Object.values(template.findResources('AWS::IAM::Role')) as { Properties: { Policies: Policy[] } }[];
  const attached = Object.values(template.findResources('AWS::IAM::ManagedPolicy')) as { Properties: Policy }[];
  const policies = [...role.Properties.Policies, ...attached.map(({ Properties }) => Properties)];
  const statements = policies.flatMap(({ PolicyDocument }) => rendered(PolicyDocument.Statement) as Json[]);
  return statements.filter(({ Action }) => !String(Action).startsWith('logs:'));
}

interface Policy {
  readonly PolicyDocument: { readonly Statement: readonly Json[] };
}
