import { RESTORE_METADATA } from '../dialects';
import { carrier, record } from '../record-builder';

const RESTORE_TESTING = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html';

/** A test restores an instance, and requires tokens on it by default. */
const RESTORE_TESTING_SELECTION = record('AWS::Backup::RestoreTestingSelection', {
  carriers: [carrier('RestoreMetadataOverrides', RESTORE_METADATA, 'in place', {
    inherits: true,
    countsWith: {
      path: 'ProtectedResourceType',
      values: ['EC2'],
      otherwise: 'no instance is restored',
      remedy: 'remove requireImdsV2 here, or set ProtectedResourceType to EC2',
      source: RESTORE_TESTING,
    },
  })],
  requiredByService: { by: 'AWS Backup requires tokens on the instances that it restores' },
});

export const BACKUP = [RESTORE_TESTING_SELECTION];
