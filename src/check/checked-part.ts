import type { IConstruct } from 'constructs';
import type { TemplateResource } from '../launch/template-resource';
import type { Assembly, AssemblyTemplate } from './assembly';
import { constructOf } from './checked-resource';

/** The part of an app that is checked: the resources in a scope, and in the templates that CDK passes to the plugin. */
export class CheckedPart {
  /** Whether the scope is the whole app, and CDK passes every template to the plugin. */
  public readonly isAll: boolean;
  private readonly isWholeTree: boolean;
  private readonly byFile: ReadonlyMap<string, AssemblyTemplate>;

  /** @param scope the checked scope. A resource without a construct belongs to its stack, or to the root of the tree. */
  public constructor({ templates }: Assembly, public readonly scope: IConstruct) {
    this.isWholeTree = scope.node.scope === undefined;
    this.isAll = this.isWholeTree && templates.every(({ isValidated }) => isValidated);
    this.byFile = new Map(templates.map(template => [template.file, template]));
  }

  /** The template that a resource is in. */
  public templateOf(resource: TemplateResource): AssemblyTemplate {
    return this.templateIn(resource.stack.id);
  }

  /** The template in a file. */
  public templateIn(file: string): AssemblyTemplate {
    return this.byFile.get(file)!;
  }

  /** Whether every resource of a template is checked, with or without a construct. */
  public coversAllOf(template: AssemblyTemplate): boolean {
    return template.isValidated && this.covers(this.ownerOf(template));
  }

  /** Whether a resource is checked. */
  public includes(resource: TemplateResource): boolean {
    return this.templateOf(resource).isValidated && (this.isWholeTree || this.covers(this.reportingConstructOf(resource)));
  }

  /** Whether a construct is in the scope. */
  public covers(construct: IConstruct): boolean {
    return this.isWholeTree || construct.node.scopes.includes(this.scope);
  }

  /** The construct that the findings on a resource are reported on. */
  public reportingConstructOf(resource: TemplateResource): IConstruct {
    const template = this.templateOf(resource);
    return constructOf(resource, template) ?? this.ownerOf(template);
  }

  /** The construct that the findings on a template are reported on. */
  public ownerOf(template: AssemblyTemplate): IConstruct {
    return template.owner ?? this.scope.node.root;
  }
}
