import { JSON_DOCUMENT } from '../dialects';
import { EMR_RELEASES, canRequireTokens } from '../emr-releases';
import { carrier, gap, named, paths, record } from '../record-builder';
import { REGIONAL } from './governed-by';

const SECURITY_CONFIGURATION = record('AWS::EMR::SecurityConfiguration', {
  isTemplate: true,
  nameProperty: 'Name',
  carriers: [carrier('SecurityConfiguration', JSON_DOCUMENT, 'replacement', {
    replacement: 'CloudFormation makes another security configuration',
  })],
});

/** Docker in YARN is configured by a classification of its own, within that of the container executor. */
const CONFIGURED_FOR_DOCKER = { paths: paths('Configurations[].Configurations[].Classification'), pattern: /^docker$/m };

const CLUSTER = record('AWS::EMR::Cluster', {
  launchesFrom: { references: [named('SecurityConfiguration', SECURITY_CONFIGURATION.type)], onNewVersion: 'replacement' },
  gaps: [gap({ absent: 'SecurityConfiguration' }, {
    governedBy: REGIONAL,
    remedy: 'set SecurityConfiguration to one with MinimumInstanceMetadataServiceVersion 2',
    source: 'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-create-security-configuration.html',
  })],
  releases: { path: 'ReleaseLabel', accepted: EMR_RELEASES, accepts: canRequireTokens },
  containers: { title: 'EMR cluster with Docker in YARN', only: CONFIGURED_FOR_DOCKER },
});

export const EMR = [SECURITY_CONFIGURATION, CLUSTER];
