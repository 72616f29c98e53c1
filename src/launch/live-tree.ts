import type { CfnElement, CfnResource, NestedStack, Reference, Stack } from 'aws-cdk-lib';
import { CfnElement as Element } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { Memo } from '../model/memo';
import { rootOf } from '../model/root-of';
import type { PlainL1 } from '../resources/plain-l1';
import { launchesFromNoName, launchesFromNothing, plainL1Of } from '../resources/plain-l1';
import { isAboutOthers, isNamedByLaunchers } from '../resources/record-table';
import { StackParameters } from '../resources/stack-parameters';
import { markOf } from './container-mark';
import { LiveLaunchResource } from './live-launch-resource';
import { LiveReferences } from './live-references';
import { LiveStack } from './live-stack';
import { PlainTexts } from './plain-texts';
import type { SortedLaunchers } from './sorted-launchers';
import { TreeCensus } from './tree-census';
import type { Export, LaunchResource, LaunchStack, LaunchWorld } from './world';

/** The prefix of a reference by construct path. No logical id starts with it. */
const BY_PATH = '/';

/** The state of a tree: aspects may still change it, CDK is about to write its templates, or has written them. */
export type TreeState = 'open' | 'settled' | 'synthesized';

/** The current construct tree, for the launch graph. */
export class LiveTree implements LaunchWorld {
  public readonly parameters = new StackParameters();
  private counted: TreeCensus | undefined;
  /** The number of constructs when all of them were read. */
  private size = 0;
  private readonly byElement = new Map<CfnResource, LiveLaunchResource>();
  private readonly byPath = new Map<string, CfnElement>();
  private readonly references: LiveReferences;
  private sorted: SortedLaunchers | undefined;
  private readonly texts = new PlainTexts(stack => this.stackOf(stack));
  /** The resources that certainly show no containers, as far as this is known. */
  private readonly silent = new Set<CfnResource>();
  private readonly names = new Memo((element: CfnElement) => this.named(element));
  private readonly byStack = new Memo((stack: Stack) => new LiveStack(stack, this));

  /**
   * @param root the root of the tree: constructs outside of it are ignored
   * @param state the state of the tree
   */
  public constructor(private readonly root: IConstruct, private readonly state: TreeState = 'open') {
    this.references = LiveReferences.in(root);
  }

  public get isSettled(): boolean {
    return this.state !== 'open';
  }

  /** Whether CDK has written its templates. */
  public get isSynthesized(): boolean {
    return this.state === 'synthesized';
  }

  public get resources(): readonly LaunchResource[] {
    return this.census.resources.map(resource => this.resourceOf(resource));
  }

  public get resourcesAboutOthers(): readonly LaunchResource[] {
    return this.census.resources.filter(resource => this.mayBeAboutOthers(resource)).map(resource => this.resourceOf(resource));
  }

  public get openLaunchers(): readonly LaunchResource[] {
    return [...this.launchers.open].map(resource => this.resourceOf(resource));
  }

  public launchersNaming(source: LaunchResource): readonly LaunchResource[] {
    return [...this.launchers.naming((source as LiveLaunchResource).resource)].map(resource => this.resourceOf(resource));
  }

  public get stacks(): readonly LaunchStack[] {
    return this.census.stacks.map(stack => this.stackOf(stack));
  }

  /** The exports of the stacks in the tree, by `CfnOutput`. */
  public get exports(): readonly Export[] {
    return this.census.outputs.filter(output => output.exportName !== undefined).map(output => {
      const stack = this.stackOf(output.stack);
      return { name: stack.resolve(output.exportName), value: stack.resolve(output.value), stack };
    });
  }

  public orderOf(launcher: LaunchResource): number {
    return this.census.orderOf((launcher as LiveLaunchResource).resource);
  }

  /** The one object for a resource. */
  public resourceOf(resource: CfnResource): LiveLaunchResource {
    let known = this.byElement.get(resource);
    if (!known) {
      known = new LiveLaunchResource(resource, this);
      this.byElement.set(resource, known);
    }
    return known;
  }

  /** Whether the resource is in this tree, and was there when all of them were read. */
  public knows(resource: CfnResource): boolean {
    return this.counted ? this.counted.has(resource, this.size) : rootOf(resource) === this.root;
  }

  /** Whether a resource may launch from something that is in the tree now, and was not when all of it was read: aspects add launch templates. */
  public mayLackSourceOf(resource: CfnResource): boolean {
    if (this.counted === undefined) { return false; }
    const plain = plainL1Of(resource);
    if (plain && launchesFromNoName(resource, plain)) { return false; }
    return this.resourceOf(resource).namesTemplate && TreeCensus.current(this.root).size !== this.size;
  }

  /** The one object for a stack. */
  public stackOf(stack: Stack): LiveStack {
    return this.byStack.of(stack);
  }

  /** The nested stack of a resource of type `AWS::CloudFormation::Stack`. */
  public nestedStackOf(resource: CfnResource): NestedStack | undefined {
    return this.census.nestedStacks.get(resource);
  }

  /** The reference, if the text is only a reference. */
  public referenceIn(value: unknown): Reference | undefined {
    return this.references.of(value);
  }

  /** The element that a reference names by its path. */
  public elementAt(name: string): CfnElement | undefined {
    return this.byPath.get(name);
  }

  /** Writes references by construct path, because logical ids are expensive, and unique only in their own stack. */
  public readonly spell = ({ target, displayName }: Reference): unknown => {
    // The parser of templates makes references to attributes that are no text.
    if (!Element.isCfnElement(target) || String(displayName).startsWith('AWS::')) { return undefined; }
    const name = this.names.of(target);
    return displayName === 'Ref' ? { Ref: name } : { 'Fn::GetAtt': [name, displayName] };
  };

  public isKnownAsSilent(resource: LaunchResource): boolean {
    return this.isSilent((resource as LiveLaunchResource).resource);
  }

  /** Whether a resource is known to show no containers itself, since `resourcesAboutOthers` was read. */
  public isSilent(resource: CfnResource): boolean {
    return this.silent.has(resource);
  }

  /** Whether a plain resource certainly launches from nothing, and nothing launches from it. */
  public isAlone(resource: CfnResource, l1: PlainL1): boolean {
    return launchesFromNothing(resource, l1) && (!isNamedByLaunchers(l1.record.type) || this.launchers.isFree(resource));
  }

  private mayBeAboutOthers(resource: CfnResource): boolean {
    const plain = plainL1Of(resource);
    if (!plain) { return true; }
    if (!isAboutOthers(plain.record)) { return markOf(resource) !== undefined; }
    if (!this.texts.silent(resource, plain)) { return true; }
    this.silent.add(resource);
    return false;
  }

  private get launchers(): SortedLaunchers {
    return this.sorted ??= this.census.sortedLaunchers.refreshed();
  }

  private named(element: CfnElement): string {
    const name = BY_PATH + element.node.path;
    this.byPath.set(name, element);
    return name;
  }

  /** The tree is searched on demand: most resources do not need it. */
  public get census(): TreeCensus {
    if (!this.counted) {
      this.counted = this.isSettled ? new TreeCensus(this.root) : TreeCensus.current(this.root);
      this.size = this.counted.size;
    }
    return this.counted;
  }
}
