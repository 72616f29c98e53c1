import type { Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { fittingPrincipals } from '../../iam/fitting-principals';
import type { PackedDocument, PolicyLimit } from '../../iam/policy-packing';
import { packInto, packStatements } from '../../iam/policy-packing';

/** The characters that a service control policy may have. Every one of them counts. */
const MAX_SIZE = 10_240;

/**
 * Packs statements into as few service control policies as can be.
 *
 * @param places how many a target takes besides `FullAWSAccess`
 * @throws Error where a statement does not fit, or there are more policies than a target takes
 */
export function serviceControlDocuments(statements: readonly PolicyStatement[], stack: Stack, places: number, maxSize = MAX_SIZE): PackedDocument[] {
  const limit: PolicyLimit = { policy: 'a service control policy', maxSize, measure: text => text.size };
  const packed = packStatements(statements, limit, stack);
  if (packed.length > places) {
    const hint = fittingPrincipals(statements, fewer => packInto(places, fewer, limit, stack));
    throw new Error(`statements must fit into ${places} service control policies besides FullAWSAccess, got ${packed.length}${hint}`);
  }
  return packed;
}
