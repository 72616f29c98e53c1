/** The hop limits that EC2 accepts. */
const LIMITS = { least: 1, most: 64 };

/**
 * The hop limit of an instance if neither its launch nor the account sets one.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html#imds-considerations
 */
export const UNSET_HOP_LIMIT = 1;

/**
 * The hop limit of such an instance if its AMI has `ImdsSupport` v2.0.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html
 */
export const IMDS_SUPPORT_HOP_LIMIT = 2;

/** The hop limit of a value, if EC2 accepts it. CloudFormation also accepts the number as a string. */
export function hopsOf(value: unknown): number | undefined {
  const hops = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof hops === 'number' && Number.isInteger(hops) && hops >= LIMITS.least && hops <= LIMITS.most ? hops : undefined;
}
