import type { PossibleValue } from '../model/setting';
import { describeValue } from '../model/setting';
import type { RuleId } from '../policy/rules';
import type { Cause } from './cause';

/** A violation of a rule, as data. `findingText()` puts it into words. */
export interface Finding {
  readonly rule: RuleId;
  /** The path of the resource that violates the rule; `undefined` if the finding is not about a resource. */
  readonly resource?: string;
  /** The CloudFormation path below `Properties`, or the known part of it. */
  readonly path: string;
  /** The values that the property may have. */
  readonly got?: readonly FoundValue[];
  /** The wanted value. */
  readonly want?: Want;
  /** The causes. */
  readonly because?: readonly Cause[];
}

/** A value, and its origin if it is inherited. */
export type FoundValue = PossibleValue & { readonly from?: Origin };

/** The place of an inherited value. */
export interface Origin {
  readonly type: string;
  /** The path of the resource. */
  readonly resource: string;
  /** The CloudFormation path below `Properties`. */
  readonly path: string;
  /** The version that the launch uses, in words, if its value may differ. */
  readonly version?: string;
}

/** A wanted value. */
export type Want =
  /** A value that AWS accepts, or that requires tokens. `values` describes them. */
  | { readonly kind: 'accepted'; readonly values: string }
  | { readonly kind: 'at least' | 'at most'; readonly hops: number }
  /** Any value except this one. */
  | { readonly kind: 'other'; readonly than: unknown }
  /** The value of the policy that enforcement did not write. */
  | { readonly kind: 'filled'; readonly value: unknown };

/** The key of the content of a finding, without its resource: rule, place, values and causes. */
export function statementOf({ rule, path, got = [], want, because = [] }: Finding): string {
  const values = got.map(value => value.kind === 'set' ? { ...value, value: describeValue(value.value) } : value);
  const wanted = want?.kind === 'other' ? describeValue(want.than) : want?.kind === 'filled' ? describeValue(want.value) : want;
  return JSON.stringify([rule, path, values, wanted, because]);
}

/** Findings on one resource, each once. */
export function distinctFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.length < 2 ? findings : [...new Map(findings.map(finding => [statementOf(finding), finding])).values()];
}
