/** The releases of Amazon EMR whose components speak IMDSv2, in words. */
export const EMR_RELEASES = '5.23.1, 5.27.1, 5.32 or later, or 6.2 or later';

/**
 * Whether a cluster of a release can require tokens: all of its components have to speak IMDSv2. What is no release that we know counts as one.
 *
 * @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-create-security-configuration.html
 */
export function canRequireTokens(release: string): boolean {
  const [, major, minor, patch] = (/^emr-(\d+)\.(\d+)\.(\d+)$/.exec(release) ?? []).map(Number);
  if (major === undefined || major > 6) { return true; }
  if (major === 6) { return minor >= 2; }
  return major === 5 && (minor >= 32 || (patch >= 1 && (minor === 23 || minor === 27)));
}
