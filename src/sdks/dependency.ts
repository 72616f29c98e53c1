import type { Ecosystem } from './sdk';

/** A package in a dependency file. */
export interface Dependency {
  readonly ecosystem: Ecosystem;
  /** The name. In Maven, it starts with the group and a colon. */
  readonly name: string;
  /** The version. Left out if the file does not give exactly one. */
  readonly version?: string;
  /** Why the version is unknown, in words. */
  readonly leftOpen?: string;
  /** The version range in the file, as it is written. */
  readonly range?: string;
  /** Why the package is on no instance, in words, if the file clearly shows this. */
  readonly notOnInstance?: string;
  /** The line, from 1. It is computed on demand. */
  readonly line: () => number;
}

/** The reason why a development dependency is on no instance. */
export const FOR_DEVELOPMENT = 'it is for development';

/** Names of dependency groups that are not deployed. */
const OF_DEVELOPMENT = /^(?:dev|devel|develop|development|test|tests|testing|lint|linting|docs|doc|documentation|ci)$/i;

/** Marks a package as a development dependency if all its groups are for development. */
export function inGroups(groups: readonly string[]): Pick<Dependency, 'notOnInstance'> {
  return forDevelopment(groups.length > 0 && groups.every(group => OF_DEVELOPMENT.test(group)));
}

/** Marks a package as a development dependency if `is` is true. */
export function forDevelopment(is: boolean): Pick<Dependency, 'notOnInstance'> {
  return is ? { notOnInstance: FOR_DEVELOPMENT } : {};
}
