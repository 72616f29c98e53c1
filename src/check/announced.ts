import type { CheckedFinding } from './check';

/** The metadata in which CDK keeps the warnings of a construct. */
const WARNING = 'aws:cdk:warning';

/** Whether a warning on the construct says a finding already; the end of an exemption, whatever it is on, is always one. */
export function isAnnounced({ id, construct }: CheckedFinding): boolean {
  if (id === 'Imdsv2::ExemptionExpired' || id === 'Imdsv2::ExemptionExpiring') { return true; }
  return construct?.node.metadata.some(({ type, data }) => type === WARNING && String(data).includes(`[ack: ${id}]`)) ?? false;
}
