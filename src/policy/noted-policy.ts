import type { IConstruct } from 'constructs';
import { ConstructNote } from '../model/construct-note';
import type { ImdsPolicy } from './imds-policy';

const POLICY = new ConstructNote<ImdsPolicy>('Policy');

/** Records the policy of enforcement on a scope, so that a check uses the same policy. */
export function notePolicy(scope: IConstruct, policy: ImdsPolicy): void {
  POLICY.write(scope, policy);
}

/** The enforced policy of a construct: that of the nearest enforced scope. */
export function policyOn(construct: IConstruct): ImdsPolicy | undefined {
  const scope = enforcedScopeOf(construct);
  return scope && POLICY.of(scope);
}

/** Whether this construct itself is enforced. */
export function isEnforced(construct: IConstruct): boolean {
  return POLICY.of(construct) !== undefined;
}

/** The nearest enforced scope of a construct. */
export function enforcedScopeOf(construct: IConstruct): IConstruct | undefined {
  return POLICY.nearest(construct);
}
