import type { IConstruct } from 'constructs';
import { ConstructNote } from '../model/construct-note';
import type { ImdsPolicy } from './imds-policy';

const POLICY = new ConstructNote<ImdsPolicy>('Policy');

/** Records the policy of the enforcement on a scope, so that a check requires the same. */
export function notePolicy(scope: IConstruct, policy: ImdsPolicy): void {
  POLICY.write(scope, policy);
}

/** The policy that is enforced on a construct: that of the nearest enforced scope. */
export function policyOn(construct: IConstruct): ImdsPolicy | undefined {
  const scope = enforcedScopeOf(construct);
  return scope && POLICY.of(scope);
}

/** Whether this very construct is enforced. */
export function isEnforced(construct: IConstruct): boolean {
  return POLICY.of(construct) !== undefined;
}

/** The nearest scope of a construct that is enforced. */
export function enforcedScopeOf(construct: IConstruct): IConstruct | undefined {
  return POLICY.nearest(construct);
}
