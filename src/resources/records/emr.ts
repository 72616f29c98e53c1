import { JSON_DOCUMENT } from '../dialects';
import { carrier, gap, named, paths, record } from '../record-builder';
import { REGIONAL } from './governed-by';

const SECURITY_CONFIGURATION = record('AWS::EMR::SecurityConfiguration', {
  isTemplate: true,
  nameProperty: 'Name',
  carriers: [carrier('SecurityConfiguration', JSON_DOCUMENT, 'replacement', {
    replacement: 'CloudFormation creates a new security configuration',
  })],
});

/** Docker in YARN has its own classification, inside that of the container executor. */
const CONFIGURED_FOR_DOCKER = { paths: paths('Configurations[].Configurations[].Classification'), pattern: /^docker$/m };

const CLUSTER = record('AWS::EMR::Cluster', {
  watchedAs: 'EMR cluster',
  launchesFrom: { references: [named('SecurityConfiguration', SECURITY_CONFIGURATION.type)], onNewVersion: 'replacement' },
  gaps: [gap({ absent: 'SecurityConfiguration' }, {
    governedBy: REGIONAL,
    remedy: 'set SecurityConfiguration to a security configuration with MinimumInstanceMetadataServiceVersion 2',
    source: 'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-create-security-configuration.html',
  })],
  releases: { path: 'ReleaseLabel', accepted: '5.23.1, 5.27.1, 5.32 or later, or 6.2 or later', accepts: canRequireTokens },
  containers: { title: 'EMR cluster with Docker in YARN', only: CONFIGURED_FOR_DOCKER },
});

/**
 * Whether a cluster with a release can require tokens, because all its components support IMDSv2. An unknown release counts as one.
 *
 * @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-create-security-configuration.html
 */
function canRequireTokens(release: string): boolean {
  const [, major, minor, patch] = (/^emr-(\d+)\.(\d+)\.(\d+)$/.exec(release) ?? []).map(Number);
  if (major === undefined || major > 6) { return true; }
  if (major === 6) { return minor >= 2; }
  return major === 5 && (minor >= 32 || (patch >= 1 && (minor === 23 || minor === 27)));
}

export const EMR = [SECURITY_CONFIGURATION, CLUSTER];
