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

/** The constructs behind a template. */
export class CountedStack {
  /** The nested stacks in it, by the logical id of their resource in it. */
  public readonly nested = new Map<string, Stack>();
  /** The resources of the types in the table, and the images with `ImdsSupport`. */
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

  /** The resource with a logical id. The ids are computed at the first call, because CDK computes hashes for them. */
  public resourceOf(logicalId: string): CfnResource | undefined {
    return (this.byLogicalId ??= new Map(this.resources.map(resource => [LiveResource.logicalIdOf(resource), resource]))).get(logicalId);
  }
}

/** The constructs of a synthesized tree that a check has to do with, counted in one walk. */
export class Census {
  /** The rules that are acknowledged somewhere in a tree. */
  public static acknowledgedIn(root: IConstruct): ReadonlySet<string> {
    const noted = root.node.findAll().flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
    return new Set(noted.flatMap(({ data }) => Object.keys(data as object)));
  }

  /** The constructs that exemptions are written on. */
  public readonly exempting: IConstruct[] = [];
  /** The acknowledged ids that are no rules. */
  public readonly mistaken = new Map<IConstruct, readonly string[]>();
  /** The template elements, resources among them. */
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

  /** Whether an exemption or an acknowledgement is written anywhere, in the tree or above it. */
  public get hasExemptions(): boolean {
    return this.isAnythingExempt;
  }

  /** Whether something within a stack is enforced on its own: then not all of the stack is checked by the same policy. */
  public get hasPoliciesInStacks(): boolean {
    return this.hasPolicies;
  }

  /** The stack that a template is of, by the path of its file. */
  public behind(templatePath: string): CountedStack | undefined {
    return this.byTemplate.get(resolve(templatePath));
  }

  /** Every template that is written, by the path of its file. */
  public get templates(): ReadonlyMap<string, CountedStack> {
    return this.byTemplate;
  }

  /** Whether a resource is that of a nested stack in the tree. */
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
    if (unknown.length > 0) { this.mistaken.set(construct, unknown); }
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
