import type { IConstruct } from 'constructs';
import type { KnownExemptions } from '../inspect/exempt-launchers';
import { exemptLauncherFindings } from '../inspect/exempt-launchers';
import type { Finding } from '../inspect/finding';
import { distinctFindings } from '../inspect/finding';
import { judge } from '../inspect/judge';
import { LaunchAnalysis } from '../inspect/launch-analysis';
import { scriptsOn } from '../inspect/placed-scripts';
import { certainlyHas, mayCount } from '../launch/setting-at';
import type { TemplateResource } from '../launch/template-resource';
import { TemplateSet } from '../launch/template-set';
import type { LaunchResource } from '../launch/world';
import { Memo } from '../model/memo';
import type { SdkDependencies } from '../sdks/sdk-dependencies';
import type { PlacedFetch } from '../userdata/properties/placed-calls';
import { ENFORCEMENT_RULES, foundByEnforcement } from './announced';
import type { Assembly, AssemblyTemplate } from './assembly';
import { readAssemblyFile } from './assembly-file';
import type { Census } from './census';
import { CheckedPart } from './checked-part';
import type { CheckedFinding, CheckedResource } from './checked-resource';
import { LookedAt, constructOf } from './checked-resource';
import { EffectiveValues } from './effective';
import { OtherFindings } from './other-findings';
import type { RuleConfiguration } from './rule-configuration';
import { SdkUses } from './sdk-uses';
import { WeakSources } from './weak-sources';

/** Something that a script downloads and runs, so that nobody sees here what it does. */
export interface UnseenScript extends PlacedFetch {
  readonly resource: TemplateResource;
  readonly template: AssemblyTemplate;
  readonly construct?: IConstruct;
}

/** A nested stack or a module that nobody can read here. */
export interface UnseenPart {
  readonly resource: TemplateResource;
  readonly template: AssemblyTemplate;
}

const NONE: readonly never[] = [];

/** Reads every template of an assembly, and holds against a policy what launches instances in it. */
export class Check {
  public readonly analysis: LaunchAnalysis;
  public readonly effective: EffectiveValues;
  /** The templates that are checked; others were read to know what launches from what. */
  public readonly templates: readonly AssemblyTemplate[];
  public readonly resources: readonly CheckedResource[];
  /** What is about no resource: templates that cannot be read, exemptions that end. */
  public readonly others: readonly CheckedFinding[];
  /** The SDKs that were found, where somebody asked for them. */
  public readonly sdks: SdkUses | undefined;

  private readonly directory: string;
  private readonly part: CheckedPart;
  private readonly world: TemplateSet;
  /** Every resource that is looked at. */
  private readonly read: readonly TemplateResource[];
  private readonly weakSources: WeakSources;
  private readonly exemptions: KnownExemptions;
  /** The policies by the constructs that answer: most resources have the one of their stack. */
  private readonly policies = new Memo((construct: IConstruct) => this.rules.policyOn(construct));

  /**
   * @param scope what is to be checked
   * @param isCheckedElsewhere whether somebody else says what is wrong with something outside of it
   * @param dependencies where SDKs are looked for
   */
  public constructor(
    assembly: Assembly, private readonly census: Census, public readonly rules: RuleConfiguration, scope: IConstruct,
    isCheckedElsewhere: (construct: IConstruct) => boolean, dependencies: readonly SdkDependencies[] = NONE,
  ) {
    this.directory = assembly.outermost;
    this.part = new CheckedPart(assembly, scope);
    this.world = new TemplateSet(assembly.templates);
    this.analysis = new LaunchAnalysis(this.world);
    this.effective = new EffectiveValues(this.analysis);
    this.weakSources = new WeakSources(this.part, this.analysis, this.effective, rules.exemptions, isCheckedElsewhere);
    const answering = (resource: LaunchResource) => this.part.reportingConstructOf(resource as TemplateResource);
    this.exemptions = {
      isExempt: resource => rules.exemptions.covering(answering(resource), 'Imdsv2::TokensRequired') !== undefined,
      isHandled: resource => this.part.includes(resource as TemplateResource) || isCheckedElsewhere(answering(resource)),
    };
    this.read = this.world.resources.filter(resource => resource.record && this.part.includes(resource));
    this.resources = this.read.map(resource => this.look(resource, this.part.templateOf(resource))).filter(looked => this.launches(looked));
    const touched = new Set(this.resources.map(({ template }) => template));
    this.templates = assembly.templates.filter(template =>
      touched.has(template) || (template.isAsked && this.part.covers(this.part.ownerOf(template))));
    this.sdks = dependencies.length > 0 ? new SdkUses(dependencies, assembly, scope.node.root, construct => this.part.covers(construct)) : undefined;
    this.others = new OtherFindings(this.part, rules, this.templates).in(census, this.sdks);
  }

  /** The text of a template, nothing where it cannot be read. */
  public textOf({ location }: AssemblyTemplate): string {
    const content = readAssemblyFile(this.directory, location);
    return 'text' in content ? content.text : '';
  }

  /** Everything that was found here, without what enforcement found. */
  public get found(): CheckedFinding[] {
    return [...this.resources.flatMap(({ findings }) => findings), ...this.others];
  }

  /** What the checked templates name and cannot be read: what is launched there is seen by nobody here. */
  public get notVisible(): UnseenPart[] {
    return this.world.stacks.flatMap(({ notVisible }) => notVisible).filter(resource => this.part.includes(resource))
      .map(resource => ({ resource, template: this.part.templateOf(resource) }));
  }

  /** Everything that was found; of what enforcement warned of already, what fails. */
  public get findings(): CheckedFinding[] {
    const mayFail = ENFORCEMENT_RULES.some(id => this.rules.fails(id));
    if (!mayFail) { return this.found; }
    const failing = (looked: CheckedResource) => looked.announced.filter(({ fails }) => fails);
    return [...this.resources.flatMap(looked => [...looked.findings, ...failing(looked)]), ...this.others];
  }

  /** What scripts download and run: it is read where somebody asks for it. */
  public get unseenScripts(): readonly UnseenScript[] {
    if (!this.rules.isOn('Imdsv2::UserDataCallsImdsv1')) { return NONE; }
    return this.read.flatMap(resource => this.analysis.scripts.fetchesIn(scriptsOn(resource, resource.record!)).map(fetched => {
      const template = this.part.templateOf(resource);
      return { ...fetched, resource, template, construct: constructOf(resource, template) };
    }));
  }

  private look(resource: TemplateResource, template: AssemblyTemplate): CheckedResource {
    const reportedOn = (this.census.hasPoliciesInStacks ? constructOf(resource, template) : undefined) ?? this.part.ownerOf(template);
    const found = judge(resource, this.analysis, this.policies.of(reportedOn));
    const more = [...this.weakSources.of(resource), ...this.exemptionFindings(resource)];
    const findings = this.about(more.length === 0 ? found : [...found, ...more], resource, template);
    return new LookedAt(resource, template, findings, construct => this.about(foundByEnforcement(construct), resource, template));
  }

  /** That a resource is exempt without effect. Constructs are looked up for it, so nothing is where nothing is exempt. */
  private exemptionFindings(resource: TemplateResource): readonly Finding[] {
    return this.census.hasExemptions ? exemptLauncherFindings(resource, this.analysis, this.exemptions) : NONE;
  }

  /** What the rules make of findings on a resource: its construct is looked up where there is something to say of it. */
  private about(findings: readonly Finding[], resource: TemplateResource, template: AssemblyTemplate): readonly CheckedFinding[] {
    if (findings.length === 0) { return NONE; }
    const { logicalId } = resource;
    const construct = constructOf(resource, template);
    return this.rules.judged(distinctFindings(findings), construct ?? this.part.ownerOf(template), { construct, template, logicalId });
  }

  /** Whether a resource has to do with instances, as it stands: some types launch any under some conditions only. */
  private launches({ resource, findings }: CheckedResource): boolean {
    const { carriers = NONE, requiredByService } = resource.record ?? {};
    return findings.length > 0 || carriers.some(carrier => mayCount(carrier, resource))
      || (requiredByService?.when !== undefined && certainlyHas(requiredByService.when, resource))
      || this.analysis.graph.launchesOf(resource).length > 0;
  }
}

/** Whether a finding fails the synthesis. */
export function isFailing({ fails, exemption }: CheckedFinding): boolean {
  return fails && !exemption;
}
