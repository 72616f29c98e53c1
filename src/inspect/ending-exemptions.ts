import type { EndingExemption } from '../policy/exemptions';
import type { Finding } from './finding';

/**
 * That an exemption has expired, or will soon.
 *
 * @param writtenOn the scope that it stands on, where it is reported on another one
 */
export function endOfExemption({ kind, exemption, daysLeft }: EndingExemption, writtenOn?: string): Finding {
  const { id: rule, reason, owner, ticket, expires } = exemption;
  return {
    rule: kind === 'expired' ? 'Imdsv2::ExemptionExpired' : 'Imdsv2::ExemptionExpiring',
    path: '',
    because: [{ kind: 'exemption', exemption: { rule, reason, owner, ticket, expires, daysLeft, writtenOn } }],
  };
}
