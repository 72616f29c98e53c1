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
  /** The line, from 1: looked up where somebody asks. */
  readonly line: () => number;
}
