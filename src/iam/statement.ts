import * as iam from 'aws-cdk-lib/aws-iam';
import type { ImdsStatementProps } from './exemption-conditions';
import { exemptionConditions } from './exemption-conditions';

/** The conditions of a statement: operator, key, values. All of them must match. */
export interface Conditions {
  readonly [operator: string]: { readonly [key: string]: string | boolean | readonly string[] };
}

/** The denied actions and resources. */
export interface Denial {
  /** The Sid: letters and digits, never changed once released. */
  readonly sid: string;
  readonly actions: readonly string[];
  /** @default - every resource, for example because the actions have no resource types */
  readonly resources?: readonly string[];
  /** @default - no conditions */
  readonly conditions?: Conditions;
}

/** A statement that denies actions, except for the exemptions. */
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

/** Matches if the request has another value for the key. It does not match a request without the key, unlike the negated operator alone. */
export function anythingBut(value: string, key: string): Conditions {
  return { StringNotEquals: { [key]: value }, Null: { [key]: 'false' } };
}

/** Merges two sets of conditions. The keys of an operator in both sets are combined. */
function merged(one: Conditions, other: Conditions): Conditions {
  const operators = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...operators].map(operator => [operator, { ...one[operator], ...other[operator] }]));
}
