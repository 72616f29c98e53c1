import type { ContainerMark } from './container-mark';

/** A synthesized template. */
export interface TemplateFile {
  /** Its path in the assembly: a nested stack is found by it, and a directory is a stage. */
  readonly file: string;
  /** Its contents, which may be anything in a broken template. */
  readonly template: unknown;
  readonly stackName?: string;
  /** Whether another service deploys it, with its own name. */
  readonly isProduct?: boolean;
  readonly account?: string;
  readonly region?: string;
  /** Whether `ContainerHost` may have been applied to one of its resources; it may where that is not given. */
  readonly isMarked?: boolean;
  /** Whether it may contain `AWS::CloudFormation::Init`: yes by default. */
  readonly mayHaveInit?: boolean;
  /** Facts of a resource that its template does not contain. */
  readonly known?: (logicalId: string) => KnownResource | undefined;
}

/** Data about a resource that is not always in the template. */
export interface KnownResource {
  /** The construct path; where it is not given, the template may have it in the metadata. */
  readonly path?: string;
  /** The `ContainerHost` declaration. */
  readonly mark?: ContainerMark;
  /** The file of its nested stack. By default, the template may have it in the metadata. */
  readonly nestedFile?: string;
  /** The rendered keys of tags that reach its instances but are not in the template: those of its stack. */
  readonly moreTagKeys?: () => readonly unknown[];
}
