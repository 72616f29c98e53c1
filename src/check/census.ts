import { resolve } from 'path';
import { CfnElement, CfnResource, NestedStack, Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { notedFindings } from '../inspect/noted-findings';
import { markOf } from '../launch/container-mark';
import { templatePathOf } from '../launch/template-path';
import { Memo } from '../model/memo';
import { unknownAcknowledgementsOn } from '../policy/acknowledgements';
import { isExempting } from '../policy/exemptions';
import { isImageWithImdsSupport } from '../policy/image-types';
import { exemptionsOn } from '../policy/imds-exemption';
import { isEnforced } from '../policy/noted-policy';
import { LiveResource } from '../resources/live-resource';
import { recordOf } from '../resources/record-table';

/** The constructs of the resources in a template. */
export class CountedStack {
  /** The nested stacks, by the logical ids of their resources in the template. */
  public readonly nested = new Map<string, Stack>();
  /** The resources whose types have a record, and the images with `ImdsSupport`. */
  private readonly resources: CfnResource[] = [];
  private byLogicalId: ReadonlyMap<string, CfnResource> | undefined;
  private hasMarks = false;
  private hasNotes = false;

  public constructor(public readonly stack: Stack) {}

  /** Whether `ContainerHost` was applied to one of its resources. */
  public get isMarked(): boolean {
    return this.hasMarks;
  }

  /** Whether enforcement found something on one of its resources. */
  public get isNoted(): boolean {
    return this.hasNotes;
  }

  /** Counts a resource. */
  public add(resource: CfnResource): void {
    this.resources.push(resource);
    this.hasMarks ||= markOf(resource) !== undefined;
    this.hasNotes ||= notedFindings(resource).length > 0;
  }

  /** The resource with a logical id. Logical ids are computed at the first call, because CDK computes a hash for each. */
  public resourceOf(logicalId: string): CfnResource | undefined {
    return (this.byLogicalId ??= new Map(this.resources.map(resource => [LiveResource.logicalIdOf(resource), resource]))).get(logicalId);
  }
}

/** The constructs of a synthesized tree that matter to a check. It walks the tree once. */
export class Census {
  /** The rules that are acknowledged anywhere in a tree. */
  public static acknowledgedIn(root: IConstruct): ReadonlySet<string> {
    const noted = root.node.findAll().flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
    return new Set(noted.flatMap(({ data }) => Object.keys(data as object)));
  }

  /** The constructs that have exemptions. */
  public readonly exempting: IConstruct[] = [];
  /** The acknowledged ids that are not rules, by construct. */
  public readonly unknownIds = new Map<IConstruct, readonly string[]>();
  /** All elements of templates, such as resources. */
  public readonly elements: CfnElement[] = [];
  private isAnythingExempt = false;
  private hasPolicies = false;
  private readonly nestedResources = new Set<CfnResource>();
  private readonly byTemplate = new Map<string, CountedStack>();
  private readonly byStack = new Memo((stack: Stack) => this.open(stack));

  public constructor(root: IConstruct) {
    this.count(root, false);
    this.isAnythingExempt ||= root.node.scopes.some(isExempting);
  }

  /** Whether the tree, or a scope above it, has an exemption or an acknowledgement. */
  public get hasExemptions(): boolean {
    return this.isAnythingExempt;
  }

  /** Whether enforcement has its own policy within a stack. Then the resources of the stack can have different policies. */
  public get hasPoliciesInStacks(): boolean {
    return this.hasPolicies;
  }

  /** The stack of a template, by the path of its file. */
  public behind(templatePath: string): CountedStack | undefined {
    return this.byTemplate.get(resolve(templatePath));
  }

  /** The stacks of all templates, by the paths of their files. */
  public get templates(): ReadonlyMap<string, CountedStack> {
    return this.byTemplate;
  }

  /** Whether a resource is the resource of a nested stack in the tree. */
  public isNestedStack(resource: CfnResource): boolean {
    return this.nestedResources.has(resource);
  }

  private count(construct: IConstruct, isInStack: boolean): void {
    if (isExempting(construct)) { this.countExemptions(construct); }
    if (isInStack && isEnforced(construct)) { this.hasPolicies = true; }
    const isStack = Stack.isStack(construct);
    if (isStack) { this.countStack(construct); }
    if (CfnElement.isCfnElement(construct)) { this.countElement(construct); }
    const { children } = construct.node;
    for (let index = 0; index < children.length; index++) { this.count(children[index], isInStack || isStack); }
  }

  private countElement(element: CfnElement): void {
    this.elements.push(element);
    if (CfnResource.isCfnResource(element) && isCounted(LiveResource.typeOf(element))) { this.byStack.of(element.stack).add(element); }
  }

  private countExemptions(construct: IConstruct): void {
    this.isAnythingExempt = true;
    if (exemptionsOn(construct).length > 0) { this.exempting.push(construct); }
    const unknown = unknownAcknowledgementsOn(construct);
    if (unknown.length > 0) { this.unknownIds.set(construct, unknown); }
  }

  private countStack(stack: Stack): void {
    this.byStack.of(stack);
    const resource = NestedStack.isNestedStack(stack) ? stack.nestedStackResource as CfnResource | undefined : undefined;
    if (!resource) { return; }
    this.nestedResources.add(resource);
    this.byStack.of(resource.stack).nested.set(LiveResource.logicalIdOf(resource), stack);
  }

  private open(stack: Stack): CountedStack {
    const counted = new CountedStack(stack);
    this.byTemplate.set(templatePathOf(stack), counted);
    return counted;
  }
}

function isCounted(type: string): boolean {
  return recordOf(type) !== undefined || isImageWithImdsSupport(type);
}
