import type { IConstruct } from 'constructs';
import { ConstructNote } from '../model/construct-note';

/** The user's declaration about containers on the instances of a resource. */
export interface ContainerMark {
  readonly isContainerHost: boolean;
  /** The hop limit that they need; the policy decides where it is not given. */
  readonly hopLimit?: number;
}

const MARK = new ConstructNote<ContainerMark>('ContainerHost');

/** Records the declaration; the last one counts. */
export function markAs(construct: IConstruct, mark: ContainerMark): void {
  MARK.write(construct, mark);
}

/** The declaration of the user. */
export function markOf(construct: IConstruct): ContainerMark | undefined {
  return MARK.of(construct);
}
