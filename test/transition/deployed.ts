import type { Json } from '../harness/json';
import { complaintsAbout } from '../iam/authorization-data';

/** Replaces the intrinsic functions of a template as a deployment does, as far as these templates use them. */
export function deployed(value: unknown): unknown {
  if (Array.isArray(value)) { return value.map(deployed); }
  if (typeof value !== 'object' || value === null) { return value; }
  const [[name, argument] = ['', undefined]] = Object.entries(value);
  switch (name) {
    case 'Fn::Join': return (argument as [string, unknown[]])[1].map(deployed).join((argument as [string])[0]);
    case 'Fn::GetAtt': return arnOf((argument as [string])[0]);
    case 'Fn::Select': return `selected-${(argument as [number])[0]}`;
    case 'Ref': return REFERENCES[argument as string] ?? `${String(argument).toLowerCase()}`;
    default: return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, deployed(each)]));
  }
}

const REFERENCES: { readonly [name: string]: string } = {
  'AWS::Partition': 'aws', 'AWS::Region': 'eu-west-1', 'AWS::AccountId': '111122223333', 'EventBus': 'arn:aws:events:eu-west-1:444455556666:event-bus/usage',
};

/** The ARN of a resource, with its logical id. */
function arnOf(logicalId: string): string {
  const [, arn] = ARNS.find(([part]) => logicalId.includes(part)) ?? [];
  if (arn === undefined) { throw new Error(`${logicalId} has no ARN here`); }
  return arn;
}

const ARNS: readonly (readonly [string, string])[] = [
  ['Records', 'arn:aws:s3:::records'],
  ['Log', 'arn:aws:logs:eu-west-1:111122223333:log-group:log:*'],
  ['Plans', 'arn:aws:s3:::plans'],
  ['Lock', 'arn:aws:dynamodb:eu-west-1:111122223333:table/lock'],
  ['Events', 'arn:aws:events:eu-west-1:111122223333:event-bus/usage'],
];

/** A request to put events has one source. AWS documents that `StringEquals` works with it, although the reference describes the key as a list. */
const DOCUMENTED = /^StringEquals does not compare events:source,/;

/** The differences between the statements of a role and the Service Authorization Reference, without those of its log, which every function has. */
export async function complaintsAboutRole(statements: readonly Json[]): Promise<string[]> {
  const own = statements.filter(({ Action }) => !JSON.stringify(Action).includes('logs:'));
  const complaints = await Promise.all(own.map(statement => complaintsAbout(deployed(statement) as object)));
  return complaints.flat().filter(complaint => !DOCUMENTED.test(complaint));
}
