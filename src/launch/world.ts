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
 * Where the launch graph finds its resources: in a construct tree, or in synthesized templates.
 *
 * Everything that it hands out is rendered CloudFormation. The name in a `Ref` or `Fn::GetAtt` is for `LaunchStack.find()` to understand.
 */
export interface LaunchWorld {
  /** The resources of the types that have a record, and those that give subnets IPv6. */
  readonly resources: readonly LaunchResource[];
  /** Those of the resources whose type may launch from another one, and of which it takes reading to know from which. */
  readonly openLaunchers: readonly LaunchResource[];
  /** All stacks, nested ones among them. */
  readonly stacks: readonly LaunchStack[];
  /** What stacks export. */
  readonly exports: readonly Export[];
  /** Whether nothing in it changes any more: what was found of one resource holds while the others are looked at. */
  readonly isSettled: boolean;
  /** The launchers that plainly name a resource, and no other one. */
  launchersNaming(source: LaunchResource): readonly LaunchResource[];
  /** How many resources come before a launcher: those that launch from the same resource are told in this order. */
  orderOf(launcher: LaunchResource): number;
}

/** A resource as the launch graph sees it; there is one object for each. */
export interface LaunchResource {
  readonly type: string;
  /** What is known of its type, if it has to do with instance metadata. */
  readonly record: ResourceRecord | undefined;
  /** What the user calls it: the construct path, or the template and the logical id. */
  readonly path: string;
  /** Its logical id in its stack; `undefined` where that is not known. In a tree it is dear. */
  readonly logicalId: string | undefined;
  readonly stack: LaunchStack;
  /** What `ContainerHost` says of it. */
  readonly mark: ContainerMark | undefined;
  /** What was read of it so far. */
  readonly reading: Reading;
  /** What stands at a path below `Properties`; `scalar` hands conditions at its end over whole. */
  at(path: readonly string[], scalar?: boolean): readonly Place[];
  /** What stands at a path below `Properties`, conditions at its end handed over whole, rendered. */
  valuesAt(path: readonly string[]): readonly unknown[];
  /** What stands at a path where plain objects alone lead there, and what is written is what is rendered; its value is `undefined` where nothing does. */
  plainAt(path: readonly string[]): Pick<Place, 'value' | 'layer'> | undefined;
  /** The places at a path below `Properties`, on request also the empty ones. */
  placesFor(path: readonly string[], options: PlaceOptions): readonly Place[];
  /** Whether nothing may stand at a path without lists, whatever holds it, in some branch of a condition at least. */
  mayLack(path: readonly string[]): boolean;
  /** Whether it can be rendered. */
  isRenderable(): boolean;
  /** All of its properties, rendered; `undefined` where they cannot be rendered. */
  properties(): unknown;
  /** What `AWS::CloudFormation::Init` in its metadata says; `undefined` where it is not there. */
  init(): unknown;
  /** Its `UpdatePolicy`; `undefined` where it has none. */
  updatePolicy(): unknown;
  /** The keys of tags that are not among its properties, rendered: those of its stack, and those of aspects that have not come by yet. */
  moreTagKeys(): readonly unknown[];
}

/** A stack: the scope of logical ids, parameters and outputs. */
export interface LaunchStack {
  /** Tells stacks apart. */
  readonly id: string;
  /** The stack name, where it is known. */
  readonly name: string | undefined;
  /** What it may be called once it is deployed, also as a nested stack; none where nobody knows. */
  readonly deployedNames: readonly DeployedName[];
  /** The stage or assembly that it belongs to. */
  readonly stage: string;
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly parameters: ParameterLookup;
  /** The default of a parameter as it is declared: for one with a type of Systems Manager, the name of what is looked up there. */
  declaredDefault(parameter: string): unknown;
  /** Whether a parameter is handed the name of what is looked up in Systems Manager, and not its own value. */
  isLookedUp(parameter: string): boolean;
  /** The resource of a name in a `Ref` or `Fn::GetAtt`. */
  find(name: string): LaunchResource | undefined;
  /** The resource, or the attribute of one, that a value refers to as it is written, before it is rendered; nothing where it has to be rendered to tell. */
  referredIn?(written: unknown): (Target & { readonly kind: 'resource' }) | undefined;
  /** What the stack around a nested stack hands to a parameter. */
  argument(parameter: string): Placed | undefined;
  /** The nested stack that a resource of this one stands for. */
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

/** Where something is deployed, as far as that is known. */
export type Environment = Pick<LaunchStack, 'account' | 'region'>;

/** The account and the Region in an ARN, where they are given. */
export function environmentOf(arn: PartialText): Environment {
  const [region, account] = arn.split(':').slice(3, 5).map(({ known }) => known || undefined);
  return { account, region };
}

/** What `AWS::CloudFormation::Init` says in the metadata of a resource. */
export function initIn(metadata: unknown): unknown {
  return isObject(metadata) ? ownValue(metadata, 'AWS::CloudFormation::Init') : undefined;
}

/** Whether two stacks may be deployed to the same account and Region. */
export function mayShareEnvironment(one: Environment, other: Environment): boolean {
  const mayBeSame = (left?: string, right?: string) => left === undefined || right === undefined || left === right;
  return mayBeSame(one.account, other.account) && mayBeSame(one.region, other.region);
}

/**
 * Of things with the same name, those that a stack means: its own, else those of its stage, else those of its account and Region.
 *
 * @param where the account and the Region that it means, where those are others
 */
export function nearest<T extends { readonly stack: LaunchStack }>(
  things: readonly T[], stack: LaunchStack, where: Environment = stack,
): readonly T[] {
  const reachable = things.filter(thing => mayShareEnvironment(thing.stack, where));
  const own = reachable.filter(thing => thing.stack === stack);
  if (own.length > 0) { return own; }
  const inStage = reachable.filter(thing => thing.stack.stage === stack.stage);
  return inStage.length > 0 ? inStage : reachable;
}
