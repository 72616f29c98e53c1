import type { IConstruct } from 'constructs';
import { ConstructNote } from '../model/construct-note';
import type { ImdsPolicy } from './imds-policy';

const POLICY = new ConstructNote<ImdsPolicy>('Policy');

/** Notes on a scope what it is enforced with, so that a check asks for nothing else. */
export function notePolicy(scope: IConstruct, policy: ImdsPolicy): void {
  POLICY.write(scope, policy);
}

/** What a construct is enforced with: by the nearest scope that is. */
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
