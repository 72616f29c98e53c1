import type { EndingExemption } from '../policy/exemptions';
import type { Finding } from './finding';

/**
 * The finding on an exemption that has expired, or will expire soon.
 *
 * @param writtenOn its scope, if it is reported on another construct
 */
export function endOfExemption({ kind, exemption, daysLeft }: EndingExemption, writtenOn?: string): Finding {
  const { id: rule, reason, owner, ticket, expires } = exemption;
  return {
    rule: kind === 'expired' ? 'Imdsv2::ExemptionExpired' : 'Imdsv2::ExemptionExpiring',
    path: '',
    because: [{ kind: 'exemption', exemption: { rule, reason, owner, ticket, expires, daysLeft, writtenOn } }],
  };
}
