import { resolve } from 'path';
import { CfnResource, NestedStack, Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { templatePathOf } from '../launch/template-path';
import { Memo } from '../model/memo';
import { isImageWithImdsSupport } from '../policy/image-types';
import { exemptionsOn } from '../policy/imds-exemption';
import { LiveResource } from '../resources/live-resource';
import { peek } from '../resources/peek';
import { recordOf } from '../resources/record-table';

/** The constructs behind a template. */
export interface CountedStack {
  readonly stack: Stack;
  /** The resources of the types in the table, and the images with `ImdsSupport`, by logical id. */
  readonly resources: Map<string, CfnResource>;
  /** The nested stacks in it, by the logical id of the resource that stands for them. */
  readonly nested: Map<string, Stack>;
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
  private readonly byTemplate = new Map<string, CountedStack>();
  private readonly byStack = new Memo((stack: Stack) => this.open(stack));

  public constructor(root: IConstruct) {
    this.count(root);
  }

  /** The stack that a template is of, by the path of its file. */
  public behind(templatePath: string): CountedStack | undefined {
    return this.byTemplate.get(resolve(templatePath));
  }

  /** Every template that is written, by the path of its file. */
  public get templates(): ReadonlyMap<string, CountedStack> {
    return this.byTemplate;
  }

  private count(construct: IConstruct): void {
    if (exemptionsOn(construct).length > 0) { this.exempting.push(construct); }
    if (Stack.isStack(construct)) { this.countStack(construct); }
    if (CfnResource.isCfnResource(construct) && isCounted(LiveResource.typeOf(construct))) {
      this.byStack.of(construct.stack).resources.set(logicalIdOf(construct), construct);
    }
    for (const child of construct.node.children) { this.count(child); }
  }

  private countStack(stack: Stack): void {
    this.byStack.of(stack);
    const resource = NestedStack.isNestedStack(stack) ? stack.nestedStackResource as CfnResource | undefined : undefined;
    if (resource) { this.byStack.of(resource.stack).nested.set(logicalIdOf(resource), stack); }
  }

  private open(stack: Stack): CountedStack {
    const counted = { stack, resources: new Map<string, CfnResource>(), nested: new Map<string, Stack>() };
    this.byTemplate.set(templatePathOf(stack), counted);
    return counted;
  }
}

function isCounted(type: string): boolean {
  return recordOf(type) !== undefined || isImageWithImdsSupport(type);
}

function logicalIdOf(resource: CfnResource): string {
  return String(peek(resource.logicalId, resource.stack));
}
