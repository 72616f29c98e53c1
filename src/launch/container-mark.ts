import type { IConstruct } from 'constructs';

/** What a user says about containers on the instances of a resource. */
export interface ContainerMark {
  readonly isContainerHost: boolean;
  /** The hop limit that they need; the policy decides where it is not given. */
  readonly hopLimit?: number;
}

const MARK = Symbol.for('cdk-imdsv2.ContainerHost');

/** Notes what the user says; the last word counts. */
export function markAs(construct: IConstruct, mark: ContainerMark): void {
  Object.defineProperty(construct, MARK, { value: mark, enumerable: false, configurable: true });
}

/** What the user said. */
export function markOf(construct: IConstruct): ContainerMark | undefined {
  return (construct as IConstruct & { [MARK]?: ContainerMark })[MARK];
}
