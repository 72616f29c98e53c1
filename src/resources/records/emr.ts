import { JSON_DOCUMENT } from '../dialects';
import { carrier, gap, named, record } from '../record-builder';
import { REGIONAL } from './governed-by';

const SECURITY_CONFIGURATION = record('AWS::EMR::SecurityConfiguration', {
  isTemplate: true,
  nameProperty: 'Name',
  carriers: [carrier('SecurityConfiguration', JSON_DOCUMENT, 'replacement', {
    replacement: 'CloudFormation makes another security configuration, and replaces every cluster that names it. A fixed Name must change',
  })],
});

const CLUSTER = record('AWS::EMR::Cluster', {
  launchesFrom: { references: [named('SecurityConfiguration', SECURITY_CONFIGURATION.type)], onNewVersion: 'replacement' },
  gaps: [gap({ absent: 'SecurityConfiguration' }, REGIONAL,
    'set SecurityConfiguration to one with MinimumInstanceMetadataServiceVersion 2')],
});

export const EMR = [SECURITY_CONFIGURATION, CLUSTER];
