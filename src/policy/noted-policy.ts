import type { IConstruct } from 'constructs';
import type { ImdsPolicy } from './imds-policy';

const POLICY = Symbol.for('cdk-imdsv2.Policy');

/** A construct, with the policy that it is enforced with. */
interface Bearer {
  [POLICY]?: ImdsPolicy;
}

/** Notes on a scope what it is enforced with, so that a check asks for nothing else. */
export function notePolicy(scope: IConstruct, policy: ImdsPolicy): void {
  Object.defineProperty(scope, POLICY, { value: policy, enumerable: false, configurable: true });
}

/** What a construct is enforced with: by the nearest scope that is. */
export function policyOn(construct: IConstruct): ImdsPolicy | undefined {
  return (enforcedScopeOf(construct) as Bearer | undefined)?.[POLICY];
}

/** The nearest scope of a construct that is enforced. */
export function enforcedScopeOf(construct: IConstruct): IConstruct | undefined {
  let scope: IConstruct | undefined = construct;
  while (scope && !(scope as Bearer)[POLICY]) { scope = scope.node.scope; }
  return scope;
}
