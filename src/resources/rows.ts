import type { Dialect } from './dialects';
import { parsePath } from './paths';

/** What CloudFormation does with a deployed resource when its metadata options change. */
export type Update = 'in place' | 'new version' | 'replacement';

/** A place that holds metadata options. */
export interface CarrierRow {
  readonly kind: 'carrier';
  readonly type: string;
  /** The path of the block; `[]` stands for every element of a list. */
  readonly block: string;
  /** The same path, taken apart. */
  readonly path: readonly string[];
  readonly dialect: Dialect;
  readonly update: Update;
  /** Whether the object that holds the block has required properties of its own: where it is missing, it is not made up. */
  readonly needsParent: boolean;
  /** Whether a block that says nothing leaves the tokens to a launch template, whose own row answers. */
  readonly inherits: boolean;
  /** What a replacement means for the user, where the update is one. */
  readonly replacement?: string;
}

/** A type that launches from a template, a configuration or a group: what it names answers for it. */
export interface ReferrerRow {
  readonly kind: 'referrer';
  readonly type: string;
  /** Where it names what it launches from. */
  readonly references: readonly LaunchReference[];
  /** What CloudFormation does with the launcher when the version that it names changes. */
  readonly onNewVersion: Update;
  /** Whether the service looks up what `$Latest` is when a deployment changes the launcher, and not with every launch. */
  readonly evaluatesOnce?: boolean;
}

/** A place where a launcher names what it launches from. */
export interface LaunchReference {
  /** The path of a launch template specification, or of the name itself. */
  readonly path: string;
  /** The same path, taken apart. */
  readonly segments: readonly string[];
  /** The CloudFormation type of what is named. */
  readonly target: string;
  /** The keys of a launch template specification; none where the value is the name itself. */
  readonly keys?: SpecificationKeys;
}

/** What a service calls the parts of a launch template specification. */
export interface SpecificationKeys {
  readonly id: string;
  readonly name?: string;
  readonly version: string;
}

/** A type that launches instances and cannot say it. */
export interface MuteRow {
  readonly kind: 'mute';
  readonly type: string;
  /** When it is mute: always, or only with or without some property. */
  readonly when: MuteCondition;
  /** What governs its instances instead. */
  readonly fallback: string;
}

/** The properties that make a type mute. */
export interface MuteCondition {
  readonly present?: string;
  readonly absent?: string;
  readonly unless?: { readonly path: string; readonly values: readonly string[] };
}

/** One row of the table. */
export type Row = CarrierRow | ReferrerRow | MuteRow;

/** All rows of one type. */
export interface ResourceType {
  readonly carriers: readonly CarrierRow[];
  readonly referrers: readonly ReferrerRow[];
  readonly mutes: readonly MuteRow[];
}

/** What EC2 calls the parts of a launch template specification. */
const EC2_KEYS: SpecificationKeys = { id: 'LaunchTemplateId', name: 'LaunchTemplateName', version: 'Version' };

/** A row for a place that holds metadata options. */
export function carrier(
  type: string, block: string, dialect: Dialect, update: Update,
  more: Partial<Pick<CarrierRow, 'needsParent' | 'inherits' | 'replacement'>> = {},
): CarrierRow {
  return { kind: 'carrier', type, block, path: parsePath(block), dialect, update, needsParent: false, inherits: false, ...more };
}

/** A row for a type that launches from something else. */
export function referrer(type: string, onNewVersion: Update, ...references: readonly LaunchReference[]): ReferrerRow {
  return { kind: 'referrer', type, references, onNewVersion };
}

/** A place that names a launch template and its version. */
export function template(path: string, keys: SpecificationKeys = EC2_KEYS): LaunchReference {
  return { path, segments: parsePath(path), target: 'AWS::EC2::LaunchTemplate', keys };
}

/** A place that names a resource of another type. */
export function named(path: string, target: string): LaunchReference {
  return { path, segments: parsePath(path), target };
}

/** A row for a type that launches instances and cannot say it. */
export function mute(type: string, when: MuteCondition, fallback: string): MuteRow {
  return { kind: 'mute', type, when, fallback };
}
