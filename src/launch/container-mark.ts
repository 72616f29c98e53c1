import type { IConstruct } from 'constructs';
import { ConstructNote } from '../model/construct-note';

/** What a user says about containers on the instances of a resource. */
export interface ContainerMark {
  readonly isContainerHost: boolean;
  /** The hop limit that they need; the policy decides where it is not given. */
  readonly hopLimit?: number;
}

const MARK = new ConstructNote<ContainerMark>('ContainerHost');

/** Notes what the user says; the last word counts. */
export function markAs(construct: IConstruct, mark: ContainerMark): void {
  MARK.write(construct, mark);
}

/** What the user said. */
export function markOf(construct: IConstruct): ContainerMark | undefined {
  return MARK.of(construct);
}
