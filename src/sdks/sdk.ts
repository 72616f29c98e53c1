/** Where packages have their names: the types of package URLs, and where the modules of PowerShell are. */
export const ECOSYSTEMS = ['npm', 'pypi', 'maven', 'golang', 'gem', 'composer', 'nuget', 'cargo', 'conan', 'deb', 'rpm', 'apk', 'docker'] as const;

export type Ecosystem = typeof ECOSYSTEMS[number];

/** An SDK or a tool that reads the instance metadata. */
export interface Sdk {
  /** What AWS calls it. */
  readonly name: string;
  /** What pages of AWS also call it. */
  readonly aliases?: readonly string[];
  /** Its packages: one that ends in `*` stands for all that begin so. In Maven, the group stands before a colon. */
  readonly packages: { readonly [ecosystem in Ecosystem]?: readonly string[] };
  /** The first version that speaks IMDSv2, as AWS has it; none where no version does. */
  readonly minimum?: string;
  /** The first version that would be another SDK's. */
  readonly endsBefore?: string;
  /** How versions begin that are older than all others, since its numbers began anew after them. */
  readonly countedAnew?: string;
  /** From which version on another package of the same ecosystem decides, so that nobody can tell by this one; before `oldBefore` it brings an old one, unless something else asks for a newer one. */
  readonly unclear?: { readonly from: string; readonly decidedBy: string; readonly oldBefore?: string };
  /** The first version that has the code, where AWS lists a later one, and the first after it that has not. */
  readonly codeSince?: { readonly from: string; readonly before?: string };
  /** The page that documents it. */
  readonly source: string;
}
