/** The hop limits that EC2 takes. */
const LIMITS = { least: 1, most: 64 };

/**
 * The hop limit of an instance where neither its launch nor the account says one.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html#imds-considerations
 */
export const UNSET_HOP_LIMIT = 1;

/**
 * The same where its AMI has `ImdsSupport` v2.0.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html
 */
export const IMDS_SUPPORT_HOP_LIMIT = 2;

/** The number of hops that a value stands for, if it is one that EC2 takes; CloudFormation takes the number as a string too. */
export function hopsOf(value: unknown): number | undefined {
  const hops = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof hops === 'number' && Number.isInteger(hops) && hops >= LIMITS.least && hops <= LIMITS.most ? hops : undefined;
}
