import type { Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { fittingPrincipals } from '../../iam/fitting-principals';
import type { PackedDocument, PolicyLimit } from '../../iam/policy-packing';
import { packInto, packStatements } from '../../iam/policy-packing';

/** The longest service control policy. All its characters count. */
const MAX_SIZE = 10_240;

/** Statements, and the limits that they have to fit. */
interface ToFit {
  readonly statements: readonly PolicyStatement[];
  readonly stack: Stack;
  /** The number of policies on a target in addition to `FullAWSAccess`. */
  readonly places: number;
  /** @default - the limit of AWS */
  readonly maxSize?: number;
}

/**
 * Packs statements into as few service control policies as possible.
 *
 * @param hint the advice in the error if they do not fit: by default, how many of the exempt principals fit
 * @throws Error if a statement does not fit, or there are more policies than a target can have
 */
export function serviceControlDocuments(toFit: ToFit, hint = () => fittingPrincipalsOf(toFit)): PackedDocument[] {
  const { statements, stack, places } = toFit;
  const packed = packStatements(statements, { ...limitOf(toFit), hint }, stack);
  if (packed.length > places) {
    throw new Error(`statements must fit into ${places} service control policies besides FullAWSAccess, got ${packed.length}${hint()}`);
  }
  return packed;
}

function fittingPrincipalsOf(toFit: ToFit): string {
  return fittingPrincipals(toFit.statements, statements => areFitting({ ...toFit, statements }));
}

/** Whether statements fit into service control policies. */
export function areFitting({ statements, stack, places, ...sizes }: ToFit): boolean {
  return packInto(places, statements, limitOf(sizes), stack);
}

function limitOf({ maxSize = MAX_SIZE }: Pick<ToFit, 'maxSize'>): PolicyLimit {
  return { policy: 'a service control policy', maxSize, measure: text => text.size };
}
