import type { ContainerMark } from './container-mark';

/** A synthesized template. */
export interface TemplateFile {
  /** Its path in the assembly: a nested stack is found by it, and a directory is a stage. */
  readonly file: string;
  /** What stands in it: anything, if it is broken. */
  readonly template: unknown;
  readonly stackName?: string;
  /** Whether another service deploys it, under a name of its own. */
  readonly isProduct?: boolean;
  readonly account?: string;
  readonly region?: string;
  /** Whether `ContainerHost` may have been applied to one of its resources; it may where that is not given. */
  readonly isMarked?: boolean;
  /** Whether `AWS::CloudFormation::Init` may stand in it; it may where that is not given. */
  readonly mayHaveInit?: boolean;
  /** What is known beyond the template of the resource with a logical id. */
  readonly known?: (logicalId: string) => KnownResource | undefined;
}

/** What a template does not tell of one of its resources, or not always. */
export interface KnownResource {
  /** The construct path; where it is not given, the template may have it in the metadata. */
  readonly path?: string;
  /** What `ContainerHost` says of it. */
  readonly mark?: ContainerMark;
  /** The file of the nested stack that it stands for; where it is not given, the template may have it in the metadata. */
  readonly nestedFile?: string;
  /** The keys of tags that reach its instances and do not stand in the template, rendered: those of its stack. */
  readonly moreTagKeys?: () => readonly unknown[];
}
