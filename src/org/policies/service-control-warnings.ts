import type { Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Warning } from '../warning';
import { exemptionWarnings } from './exemption-warnings';
import { guardWarnings } from './guard-warnings';

/** Doubtful exemptions of service control policies. */
export function serviceControlWarnings(statements: readonly PolicyStatement[], stack: Stack): Warning[] {
  return [...exemptionWarnings(statements, stack), ...guardWarnings(statements, stack)];
}
