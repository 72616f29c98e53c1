/** The ecosystems of packages: the types of package URLs, and the gallery of PowerShell modules. */
export const ECOSYSTEMS = ['npm', 'pypi', 'maven', 'golang', 'gem', 'composer', 'nuget', 'cargo', 'conan', 'deb', 'rpm', 'apk', 'docker'] as const;

export type Ecosystem = typeof ECOSYSTEMS[number];

/** An SDK or a tool that reads the instance metadata. */
export interface Sdk {
  /** The name that AWS uses. */
  readonly name: string;
  /** Other names on AWS's pages. */
  readonly aliases?: readonly string[];
  /** Its packages. A name with `*` at the end is a prefix. In Maven, the group is before a colon. */
  readonly packages: { readonly [ecosystem in Ecosystem]?: readonly string[] };
  /** The first version that supports IMDSv2, according to AWS. Left out if no version does. */
  readonly minimum?: string;
  /** The first version that would belong to another SDK. */
  readonly endsBefore?: string;
  /** The prefix of versions that are older than all others, because the numbers started again after them. */
  readonly countedAnew?: string;
  /**
   * The versions for which another package of the ecosystem decides. Before `oldBefore`, a version brings an old one, unless something else needs a
   * newer one.
   */
  readonly unclear?: { readonly from: string; readonly decidedBy: string; readonly oldBefore?: string };
  /** The first version with the code, if AWS lists a later one, and the first later version without the code. */
  readonly codeSince?: { readonly from: string; readonly before?: string };
  /** The page that documents it. */
  readonly source: string;
}
