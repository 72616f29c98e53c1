import { Annotations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A warning at synthesis, which can be acknowledged. */
export interface Warning {
  readonly id: string;
  readonly message: string;
}

/** Adds warnings to a construct. */
export function addWarnings(scope: IConstruct, warnings: readonly Warning[]): void {
  for (const { id, message } of warnings) { Annotations.of(scope).addWarningV2(id, message); }
}
