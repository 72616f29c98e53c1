import { Annotations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Finding } from '../inspect/finding';
import { adviceText } from '../inspect/finding-text';

/** The caller of enforcement. If the user's code calls it, the stack trace of a warning shows where. CDK calls aspects. */
export type Caller = 'user' | 'CDK';

/** Adds a warning that can be acknowledged. */
export function addWarning(construct: IConstruct, finding: Finding, caller: Caller): void {
  const annotations = Annotations.of(construct);
  // An internal property of CDK. A stack trace takes longer than the rest of a warning. If CDK renames the property, the trace is taken.
  if (caller === 'CDK') { Object.assign(annotations as object, { stackTraces: false }); }
  annotations.addWarningV2(finding.rule, adviceText(finding));
}
