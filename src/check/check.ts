import type { IConstruct } from 'constructs';
import type { KnownExemptions } from '../inspect/exempt-launchers';
import { LaunchAnalysis } from '../inspect/launch-analysis';
import { scriptsOn } from '../inspect/placed-scripts';
import type { TemplateResource } from '../launch/template-resource';
import { TemplateSet } from '../launch/template-set';
import type { LaunchResource } from '../launch/world';
import type { SdkDependencies } from '../sdks/sdk-dependencies';
import type { PlacedFetch } from '../userdata/properties/placed-calls';
import { ENFORCEMENT_RULES } from './announced';
import type { Assembly, AssemblyTemplate } from './assembly';
import { readAssemblyFile } from './assembly-file';
import type { Census } from './census';
import { CheckedPart } from './checked-part';
import type { CheckedFinding, CheckedResource } from './checked-resource';
import { constructOf } from './checked-resource';
import { EffectiveValues } from './effective';
import { OtherFindings } from './other-findings';
import { ResourceChecks } from './resource-checks';
import type { RuleConfiguration } from './rule-configuration';
import { SdkUses } from './sdk-uses';
import { WeakSources } from './weak-sources';

/** A script that another script downloads and runs. It is not checked. */
export interface UnseenScript extends PlacedFetch {
  readonly resource: TemplateResource;
  readonly template: AssemblyTemplate;
  readonly construct?: IConstruct;
}

/** A nested stack or a module whose template is not in the app. */
export interface UnseenPart {
  readonly resource: TemplateResource;
  readonly template: AssemblyTemplate;
}

const NONE: readonly never[] = [];

/** Checks the resources of an assembly that launch instances, against a policy. */
export class Check {
  public readonly analysis: LaunchAnalysis;
  public readonly effective: EffectiveValues;
  /** The templates that are checked. Others are read only to find launches between stacks. */
  public readonly templates: readonly AssemblyTemplate[];
  /** Findings that are not about a resource, such as unreadable templates and exemptions that end. */
  public readonly others: readonly CheckedFinding[];
  /** The SDKs that were found, if the check searches for them. */
  public readonly sdks: SdkUses | undefined;

  private readonly directory: string;
  private readonly part: CheckedPart;
  private readonly world: TemplateSet;
  private readonly checks: ResourceChecks;

  /**
   * @param scope the scope to check
   * @param isCheckedElsewhere whether another check reports problems of a construct outside of the scope
   * @param dependencies the assets and folders to search for SDKs
   */
  public constructor(
    assembly: Assembly, census: Census, public readonly rules: RuleConfiguration, scope: IConstruct,
    isCheckedElsewhere: (construct: IConstruct) => boolean, dependencies: readonly SdkDependencies[] = NONE,
  ) {
    this.directory = assembly.outermost;
    this.part = new CheckedPart(assembly, scope);
    this.world = new TemplateSet(assembly.templates);
    this.analysis = new LaunchAnalysis(this.world);
    this.effective = new EffectiveValues(this.analysis);
    const weakSources = new WeakSources(this.part, this.analysis, this.effective, rules.exemptions, isCheckedElsewhere);
    const reportingConstructOf = (resource: LaunchResource) => this.part.reportingConstructOf(resource as TemplateResource);
    const exemptions: KnownExemptions = {
      isExempt: resource => rules.exemptions.covering(reportingConstructOf(resource), 'Imdsv2::TokensRequired') !== undefined,
      isHandled: resource => this.part.includes(resource as TemplateResource) || isCheckedElsewhere(reportingConstructOf(resource)),
    };
    this.checks = new ResourceChecks(this.world, this.analysis, this.part, census, rules, weakSources, exemptions);
    this.templates = assembly.templates.filter(template => this.part.coversAllOf(template) || this.coversPartOf(template));
    this.sdks = dependencies.length > 0 ? new SdkUses(dependencies, assembly, scope.node.root, construct => this.part.covers(construct)) : undefined;
    this.others = new OtherFindings(this.part, rules, this.templates).in(census, this.sdks);
  }

  /** The text of a template; empty if it cannot be read. */
  public textOf({ location }: AssemblyTemplate): string {
    const content = readAssemblyFile(this.directory, location);
    return 'text' in content ? content.text : '';
  }

  /** The checked resources that launch instances or define their options. */
  public get resources(): readonly CheckedResource[] {
    return this.checks.resources;
  }

  /** All findings of this check, without those of enforcement. */
  public get found(): CheckedFinding[] {
    return [...this.checks.found(false), ...this.others];
  }

  /** The nested stacks and modules that cannot be read. The check does not see what they launch. */
  public get notVisible(): UnseenPart[] {
    return this.world.stacks.flatMap(({ notVisible }) => notVisible).filter(resource => this.part.includes(resource))
      .map(resource => ({ resource, template: this.part.templateOf(resource) }));
  }

  /** All findings of this check, and the warnings of enforcement that fail. */
  public get findings(): CheckedFinding[] {
    const mayFail = ENFORCEMENT_RULES.some(id => this.rules.fails(id));
    return [...this.checks.found(mayFail), ...this.others];
  }

  /** The scripts that user data downloads and runs. They are only searched for on request. */
  public get unseenScripts(): readonly UnseenScript[] {
    if (!this.rules.isOn('Imdsv2::UserDataCallsImdsv1')) { return NONE; }
    return this.checks.read.flatMap(resource => this.analysis.scripts.fetchesIn(scriptsOn(resource, resource.record!)).map(fetched => {
      const template = this.part.templateOf(resource);
      return { ...fetched, resource, template, construct: constructOf(resource, template) };
    }));
  }

  /** Whether some resource of a template is checked. */
  private coversPartOf(template: AssemblyTemplate): boolean {
    return template.isValidated && this.resources.some(resource => resource.template === template);
  }
}

/** Whether a finding fails the synthesis. */
export function isFailing({ fails, exemption }: CheckedFinding): boolean {
  return fails && !exemption;
}
