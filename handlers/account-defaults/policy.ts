import type { InstanceMetadataDefaultsResponse } from '@aws-sdk/client-ec2';
import { inWords, type Setting } from './defaults';

/** The message if a declarative policy of the organization controls the defaults, so that the account cannot change them. Empty otherwise. */
export function governed(change: readonly Setting[], { ManagedBy, ManagedExceptionMessage = '', ...answer }: InstanceMetadataDefaultsResponse): string {
  return ManagedBy === 'declarative-policy' && change.length > 0
    ? `a declarative policy controls the defaults: ${inWords(change, answer)} ${ManagedExceptionMessage}`
    : '';
}
