import type { DeployedName } from '../model/deployed-name';
import type { ParameterLookup } from '../model/intrinsics';
import { isObject, ownValue } from '../model/intrinsics';
import type { Place, PlaceOptions } from '../resources/places';
import type { ResourceRecord } from '../resources/record';
import type { ContainerMark } from './container-mark';
import type { PartialText } from './partial-text';
import type { Reading } from './reading';
import type { Target } from './targets';

/**
 * The resources of a launch graph: those of a construct tree, or of synthesized templates.
 *
 * All values are rendered CloudFormation. Only `LaunchStack.find()` understands the name in a `Ref` or `Fn::GetAtt`.
 */
export interface LaunchWorld {
  /** The resources of the types that have a record, and those that give subnets IPv6. */
  readonly resources: readonly LaunchResource[];
  /** The resources that can show containers on the instances of others. An instance without a `ContainerHost` declaration cannot. */
  readonly resourcesAboutOthers: readonly LaunchResource[];
  /** The resources whose type can have a source and that have to be read to find it. */
  readonly openLaunchers: readonly LaunchResource[];
  /** All stacks, nested ones among them. */
  readonly stacks: readonly LaunchStack[];
  /** The exports of stacks. */
  readonly exports: readonly Export[];
  /** Whether nothing in it can change anymore, so that results remain valid. */
  readonly isSettled: boolean;
  /** Whether a resource is known to show no containers itself, since `resourcesAboutOthers` was read. */
  isKnownAsSilent(resource: LaunchResource): boolean;
  /** The launchers that directly name a resource, and no other one. */
  launchersNaming(source: LaunchResource): readonly LaunchResource[];
  /** The position of a launcher. Launchers of the same resource are reported in this order. */
  orderOf(launcher: LaunchResource): number;
}

/** A resource in the launch graph. Each has one object. */
export interface LaunchResource {
  readonly type: string;
  /** The record of its type, if it has one. */
  readonly record: ResourceRecord | undefined;
  /** The name for the user: the construct path, or the template and the logical id. */
  readonly path: string;
  /** Its logical id in its stack; `undefined` if it is unknown. In a tree it is expensive. */
  readonly logicalId: string | undefined;
  readonly stack: LaunchStack;
  /** Its `ContainerHost` declaration. */
  readonly mark: ContainerMark | undefined;
  /** Its cached readings. */
  readonly reading: Reading;
  /** The values at a path below `Properties`; with `scalar`, conditions at the end are returned as a whole. */
  at(path: readonly string[], scalar?: boolean): readonly Place[];
  /** The rendered value at a path below `Properties`, with whole conditions at the end. */
  valuesAt(path: readonly string[]): readonly unknown[];
  /** The value at a path that leads only through plain objects, if it is rendered as it is written; `undefined` as the value if there is none. */
  plainAt(path: readonly string[]): Pick<Place, 'value' | 'layer'> | undefined;
  /** The places at a path below `Properties`, on request also the empty ones. */
  placesFor(path: readonly string[], options: PlaceOptions): readonly Place[];
  /** Whether a path without lists may have no value, in at least one branch of a condition. */
  mayLack(path: readonly string[]): boolean;
  /** Whether it can be rendered. */
  isRenderable(): boolean;
  /** All of its properties, rendered; `undefined` where they cannot be rendered. */
  properties(): unknown;
  /** Its `AWS::CloudFormation::Init` metadata, or `undefined`. */
  init(): unknown;
  /** Its `UpdatePolicy`, or `undefined`. */
  updatePolicy(): unknown;
  /** The keys of tags that are not among its properties, rendered: those of its stack, and those of aspects that have not visited it yet. */
  moreTagKeys(): readonly unknown[];
}

/** A stack: the scope of logical ids, parameters and outputs. */
export interface LaunchStack {
  /** Tells stacks apart. */
  readonly id: string;
  /** The stack name, where it is known. */
  readonly name: string | undefined;
  /** The possible names after deployment, also as a nested stack; empty if unknown. */
  readonly deployedNames: readonly DeployedName[];
  /** The stage or assembly that it belongs to. */
  readonly stage: string;
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly parameters: ParameterLookup;
  /** The declared default of a parameter. For a type of Systems Manager, it is the name there. */
  declaredDefault(parameter: string): unknown;
  /** Whether the value of a parameter is a name in Systems Manager, and not the value itself. */
  isLookedUp(parameter: string): boolean;
  /** The resource of a name in a `Ref` or `Fn::GetAtt`. */
  find(name: string): LaunchResource | undefined;
  /** The resource, or its attribute, to which an unrendered value refers; nothing if it has to be rendered first. */
  referredIn?(written: unknown): (Target & { readonly kind: 'resource' }) | undefined;
  /** The value that the parent stack passes to a parameter of a nested stack. */
  argument(parameter: string): Placed | undefined;
  /** The nested stack of a resource in this stack. */
  nestedIn(resource: LaunchResource): LaunchStack | undefined;
  /** The value of an output of this stack. */
  output(name: string): Placed | undefined;
}

/** A value, and the stack whose names it uses. */
export interface Placed {
  readonly value: unknown;
  readonly stack: LaunchStack;
}

/** A value that a stack exports. */
export interface Export extends Placed {
  readonly name: unknown;
}

/** The account and Region of a deployment, if known. */
export type Environment = Pick<LaunchStack, 'account' | 'region'>;

/** The account and the Region in an ARN, if it has them. */
export function environmentOf(arn: PartialText): Environment {
  const [region, account] = arn.split(':').slice(3, 5).map(({ known }) => known || undefined);
  return { account, region };
}

/** The `AWS::CloudFormation::Init` metadata of a resource. */
export function initIn(metadata: unknown): unknown {
  return isObject(metadata) ? ownValue(metadata, 'AWS::CloudFormation::Init') : undefined;
}

/** Whether a resource has its own metadata options, in addition to those of its launch template. */
export function hasOwnOptions({ record }: LaunchResource): boolean {
  return record !== undefined && record.hasOwnOptions;
}

/** Whether two stacks may be deployed to the same account and Region. */
export function mayShareEnvironment(one: Environment, other: Environment): boolean {
  const mayBeSame = (left?: string, right?: string) => left === undefined || right === undefined || left === right;
  return mayBeSame(one.account, other.account) && mayBeSame(one.region, other.region);
}

/**
 * The things that a name in a stack can mean: those of the stack itself, else those of its stage, else those of its account and Region.
 *
 * @param where the account and the Region, if the name is not for those of the stack
 */
export function nearestTo<T extends { readonly stack: LaunchStack }>(
  things: readonly T[], stack: LaunchStack, where: Environment = stack,
): readonly T[] {
  const reachable = things.filter(thing => mayShareEnvironment(thing.stack, where));
  const own = reachable.filter(thing => thing.stack === stack);
  if (own.length > 0) { return own; }
  const inStage = reachable.filter(thing => thing.stack.stage === stack.stage);
  return inStage.length > 0 ? inStage : reachable;
}
