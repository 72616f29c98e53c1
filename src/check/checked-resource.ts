import type { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Finding } from '../inspect/finding';
import type { TemplateResource } from '../launch/template-resource';
import type { Exemption } from '../policy/exemptions';
import type { AssemblyTemplate } from './assembly';
import type { SdkUse } from './sdk-uses';

/** A finding of a check: with its construct, and whether it fails the synthesis. */
export interface CheckedFinding extends Finding {
  /** Whether its rule fails the synthesis. */
  readonly fails: boolean;
  /** The exemption that covers it, so that it fails nothing. */
  readonly exemption?: Exemption;
  /** The construct that it is about, if there is one. */
  readonly construct?: IConstruct;
  /** The construct that it is reported on: `construct`, or the stack of the template, or the root of the tree. */
  readonly reportedOn: IConstruct;
  /** The template that it is in; `undefined` for an exemption that ends. */
  readonly template?: AssemblyTemplate;
  readonly logicalId?: string;
  /** The SDK that it is about. */
  readonly sdk?: SdkUse;
}

/** A resource that was checked. */
export interface CheckedResource {
  readonly resource: TemplateResource;
  readonly template: AssemblyTemplate;
  readonly construct?: CfnResource;
  readonly findings: readonly CheckedFinding[];
  /** The findings of enforcement, which it warned of. */
  readonly announced: readonly CheckedFinding[];
}

/** The check of a resource. It reads the notes of enforcement on the construct when they are needed. */
export class ResourceCheck implements CheckedResource {
  private known: readonly CheckedFinding[] | undefined;

  public constructor(
    public readonly resource: TemplateResource,
    public readonly template: AssemblyTemplate,
    public readonly findings: readonly CheckedFinding[],
    private readonly announcedOn: (construct: CfnResource) => readonly CheckedFinding[],
  ) {}

  public get construct(): CfnResource | undefined {
    return constructOf(this.resource, this.template);
  }

  public get announced(): readonly CheckedFinding[] {
    const construct = this.known || !this.template.counted?.isNoted ? undefined : this.construct;
    return this.known ??= construct ? this.announcedOn(construct) : [];
  }
}

/** The construct of a resource, if there is one. */
export function constructOf({ logicalId }: TemplateResource, { counted }: AssemblyTemplate): CfnResource | undefined {
  return counted?.resourceOf(logicalId);
}
