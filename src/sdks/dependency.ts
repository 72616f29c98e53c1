import type { Ecosystem } from './sdk';

/** A package that a file names. */
export interface Dependency {
  readonly ecosystem: Ecosystem;
  /** The name, with its group before a colon in Maven. */
  readonly name: string;
  /** The one version that is used; none where the file leaves it open. */
  readonly version?: string;
  /** What the file says instead of a version, in words. */
  readonly leftOpen?: string;
  /** What the file asks for instead of a version, as it stands there. */
  readonly range?: string;
  /** Why it is on no instance, where the file says so plainly, in words. */
  readonly notOnInstance?: string;
  /** The line, from 1: looked up where somebody asks. */
  readonly line: () => number;
}

/** Why a package that somebody develops with is on no instance. */
export const FOR_DEVELOPMENT = 'it is for development';

/** Names of groups of packages that nobody ships. */
const OF_DEVELOPMENT = /^(?:dev|devel|develop|development|test|tests|testing|lint|linting|docs|doc|documentation|ci)$/i;

/** What says of a package in groups that it is for development: all of them are. */
export function inGroups(groups: readonly string[]): Pick<Dependency, 'notOnInstance'> {
  return forDevelopment(groups.length > 0 && groups.every(group => OF_DEVELOPMENT.test(group)));
}

/** What says of a package that it is for development, where it is. */
export function forDevelopment(is: boolean): Pick<Dependency, 'notOnInstance'> {
  return is ? { notOnInstance: FOR_DEVELOPMENT } : {};
}
