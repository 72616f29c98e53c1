import * as iam from 'aws-cdk-lib/aws-iam';
import type { ImdsStatementProps } from './exemption-conditions';
import { exemptionConditions } from './exemption-conditions';

/** The conditions of a statement: operator, key, values. All of them have to be met. */
export interface Conditions {
  readonly [operator: string]: { readonly [key: string]: string | boolean | readonly string[] };
}

/** What a statement denies. */
export interface Denial {
  /** The Sid: letters and digits, never changed once released. */
  readonly sid: string;
  readonly actions: readonly string[];
  /** @default - every resource: the actions have no resource types, or all of them are meant */
  readonly resources?: readonly string[];
  /** @default - denied whatever the request says */
  readonly conditions?: Conditions;
}

/** A statement that denies something to everybody who is not exempt. */
export function deny({ sid, actions, resources = ['*'], conditions = {} }: Denial, exemptions: ImdsStatementProps): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid,
    effect: iam.Effect.DENY,
    actions: [...actions],
    resources: [...resources],
    conditions: merged(conditions, exemptionConditions(exemptions)),
  });
}

/** The ARN pattern of resources in every partition, Region and account. */
export function anyArn(service: string, resource: string): string {
  return `arn:*:${service}:*:*:${resource}`;
}

/** Met where the request gives the key another value. A request that leaves the key out does not meet it, as it would by the negated operator alone. */
export function anythingBut(value: string, key: string): Conditions {
  return { StringNotEquals: { [key]: value }, Null: { [key]: 'false' } };
}

/** Both sets of conditions: an operator that stands in both gets the keys of both. */
function merged(one: Conditions, other: Conditions): Conditions {
  const operators = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...operators].map(operator => [operator, { ...one[operator], ...other[operator] }]));
}
