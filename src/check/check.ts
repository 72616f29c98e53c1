import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { endOfExemption } from '../inspect/ending-exemptions';
import type { Finding } from '../inspect/finding';
import { distinctFindings } from '../inspect/finding';
import { judge } from '../inspect/judge';
import { LaunchAnalysis } from '../inspect/launch-analysis';
import { scriptsOn } from '../inspect/placed-scripts';
import { certainlyHas, mayCount } from '../launch/setting-at';
import type { TemplateResource } from '../launch/template-resource';
import { TemplateSet } from '../launch/template-set';
import type { TemplateStack } from '../launch/template-stack';
import type { LaunchResource } from '../launch/world';
import { nearestId } from '../policy/acknowledgements';
import type { ImdsPolicy } from '../policy/imds-policy';
import type { SdkDependencies } from '../sdks/sdk-dependencies';
import type { PlacedFetch } from '../userdata/properties/placed-calls';
import { ENFORCEMENT_RULES, foundByEnforcement } from './announced';
import type { Assembly, AssemblyTemplate } from './assembly';
import { readAssemblyFile } from './assembly-file';
import { asksByEnvironment } from './cdk-version';
import type { Census } from './census';
import type { CheckedFinding, CheckedResource } from './checked-resource';
import { LookedAt, constructOf } from './checked-resource';
import { EffectiveValues } from './effective';
import { asWritten, allowsImdsv1 } from './effective-value';
import type { RuleConfiguration } from './rule-configuration';
import { oldSdk, unclearParts, unclearSdks } from './sdk-findings';
import type { SdkUse } from './sdk-uses';
import { SdkUses } from './sdk-uses';
import { unreadableIn } from './unreadable';

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

/** What a finding is about, and where that stands. */
type Whereabouts = Pick<CheckedFinding, 'construct' | 'template' | 'logicalId' | 'sdk'>;

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
  private readonly world: TemplateSet;
  private readonly isWholeTree: boolean;
  private readonly isAllAsked: boolean;
  private readonly byFile: ReadonlyMap<string, AssemblyTemplate>;

  /**
   * @param scope what is to be checked; what stands behind no construct belongs to its stack, or to the root of the tree
   * @param isCheckedElsewhere whether somebody else says what is wrong with something outside of it
   * @param dependencies where SDKs are looked for
   */
  public constructor(
    assembly: Assembly, census: Census, public readonly rules: RuleConfiguration, private readonly scope: IConstruct,
    private readonly isCheckedElsewhere: (construct: IConstruct) => boolean, dependencies: readonly SdkDependencies[] = NONE,
  ) {
    this.directory = assembly.outermost;
    this.isWholeTree = scope.node.scope === undefined;
    this.isAllAsked = this.isWholeTree && assembly.templates.every(({ isAsked }) => isAsked);
    this.byFile = new Map(assembly.templates.map(template => [template.file, template]));
    this.world = new TemplateSet(assembly.templates);
    this.analysis = new LaunchAnalysis(this.world);
    this.effective = new EffectiveValues(this.analysis);
    this.resources = this.world.stacks.flatMap(stack => this.lookInto(stack, census));
    const touched = new Set(this.resources.map(({ template }) => template));
    this.templates = assembly.templates.filter(template =>
      touched.has(template) || (template.isAsked && this.covers(this.reportingConstructOf(template))));
    this.sdks = dependencies.length > 0 ? new SdkUses(dependencies, assembly, scope.node.root, construct => this.covers(construct)) : undefined;
    this.others = [
      ...this.templates.flatMap(template => this.unreadable(template)),
      ...this.exempting(census).flatMap(construct => this.lapsing(construct)),
      ...[...census.mistaken].filter(([construct]) => this.covers(construct)).flatMap(([construct, ids]) => this.mistaken(construct, ids)),
      ...(this.sdks?.tooOld ?? []).flatMap(use => this.tooOld(use)),
      ...this.sdks ? this.unclear(this.sdks) : NONE,
    ];
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
    return this.world.stacks.flatMap(({ notVisible }) => notVisible).flatMap(resource => {
      const { template, isAsked } = this.placeOf(resource);
      return isAsked ? [{ resource, template }] : [];
    });
  }

  /** Everything that was found; of what enforcement warned of already, what fails. */
  public get findings(): CheckedFinding[] {
    const mayFail = ENFORCEMENT_RULES.some(id => this.rules.fails(id));
    const failing = (looked: CheckedResource) => mayFail ? looked.announced.filter(({ fails }) => fails) : [];
    return [...this.resources.flatMap(looked => [...looked.findings, ...failing(looked)]), ...this.others];
  }

  /** What scripts download and run: it is read where somebody asks for it. */
  public get unseenScripts(): readonly UnseenScript[] {
    if (!this.rules.isOn('Imdsv2::UserDataCallsImdsv1')) { return NONE; }
    return this.world.stacks.flatMap(stack => this.askedIn(stack)).flatMap(resource => {
      const { template } = this.placeOf(resource);
      return this.analysis.scripts.fetchesIn(scriptsOn(resource, resource.record!))
        .map(fetched => ({ ...fetched, resource, template, construct: constructOf(resource, template) }));
    });
  }

  /** What is checked in a template: by one policy, unless something in its stack has one of its own. */
  private lookInto(stack: TemplateStack, census: Census): CheckedResource[] {
    const template = this.byFile.get(stack.id)!;
    const policy = this.rules.policyOn(this.reportingConstructOf(template));
    const policyOn = (resource: TemplateResource) => this.rules.policyOn(this.reportingConstructFor(resource, template));
    return this.askedIn(stack).map(resource => this.look(resource, template, census.hasPoliciesInStacks ? policyOn(resource) : policy))
      .filter(looked => this.launches(looked));
  }

  private look(resource: TemplateResource, template: AssemblyTemplate, policy: ImdsPolicy): CheckedResource {
    const found = judge(resource, this.analysis, policy);
    const weak = this.isAllAsked ? NONE : this.weakSources(resource);
    const findings = this.about(weak.length === 0 ? found : [...found, ...weak], resource, template);
    return new LookedAt(resource, template, findings, construct => this.about(foundByEnforcement(construct), resource, template));
  }

  /** What the rules make of findings on a resource: its construct is looked up where there is something to say of it. */
  private about(findings: readonly Finding[], resource: TemplateResource, template: AssemblyTemplate): readonly CheckedFinding[] {
    if (findings.length === 0) { return NONE; }
    const { logicalId } = resource;
    const construct = constructOf(resource, template);
    return this.judged(distinctFindings(findings), construct ?? this.reportingConstructOf(template), { construct, template, logicalId });
  }

  private unreadable(template: AssemblyTemplate): CheckedFinding[] {
    const findings = unreadableIn(template);
    return this.judged(findings, this.reportingConstructOf(template), { construct: template.counted?.stack, template });
  }

  private lapsing(construct: IConstruct): CheckedFinding[] {
    const findings = this.rules.exemptions.endingOn(construct).map(ending => endOfExemption(ending));
    const stack = [...construct.node.scopes].reverse().find(scope => Stack.isStack(scope));
    const template = this.templates.find(({ counted }) => stack !== undefined && counted?.stack === stack);
    return this.judged(findings, construct, { construct, template });
  }

  /** What is acknowledged on a construct and is no rule. */
  private mistaken(construct: IConstruct, ids: readonly string[]): CheckedFinding[] {
    const findings = ids.map((id): Finding =>
      ({ rule: 'Imdsv2::UnknownRule', path: '', because: [{ kind: 'no rule', id, nearest: nearestId(id) }] }));
    return this.judged(findings, construct, { construct });
  }

  /** An SDK that is too old, on each asset that it is in; on what is checked as a whole where it is in none. */
  private tooOld(use: SdkUse): CheckedFinding[] {
    const finding = oldSdk(use);
    const owners: readonly (IConstruct | undefined)[] = use.owners.length > 0 ? use.owners : [undefined];
    return owners.flatMap(construct => this.judged([finding], construct ?? this.scope, { construct, sdk: use }));
  }

  /** What nobody can tell: on what is checked as a whole, and on the constructs that exempt it. */
  private unclear(uses: SdkUses): CheckedFinding[] {
    const isExempt = (construct: IConstruct) => this.rules.exemptions.covering(construct, 'Imdsv2::SdkUnknown') !== undefined;
    return unclearParts(uses, isExempt(this.scope) ? () => false : isExempt)
      .flatMap(part => this.judged(unclearSdks(part), part.construct ?? this.scope, { construct: part.construct }));
  }

  /** The resources of a template that are to be checked. */
  private askedIn(stack: TemplateStack): readonly TemplateResource[] {
    const template = this.byFile.get(stack.id)!;
    const known = template.isAsked ? stack.resources.filter(({ record }) => record !== undefined) : NONE;
    return this.isWholeTree ? known : known.filter(resource => this.covers(this.reportingConstructFor(resource, template)));
  }

  /** Where a resource stands, and whether it is to be checked. */
  private placeOf(resource: TemplateResource): { readonly template: AssemblyTemplate; readonly isAsked: boolean } {
    const template = this.byFile.get(resource.stack.id)!;
    return { template, isAsked: template.isAsked && (this.isWholeTree || this.covers(this.reportingConstructFor(resource, template))) };
  }

  /** The construct that answers for a resource. */
  private reportingConstructFor(resource: TemplateResource, template: AssemblyTemplate): IConstruct {
    return constructOf(resource, template) ?? this.reportingConstructOf(template);
  }

  /** What a resource gets by what is written, where that lets IMDSv1 in and nobody else is told: it is in the app, and no check looks there. */
  private weakSources(launcher: TemplateResource): readonly Finding[] {
    const beyond = this.analysis.graph.launchesOf(launcher).some(({ source }) => source.kind === 'resource' && this.isUntold(source.resource));
    if (!beyond) { return []; }
    const weak = this.effective.of(launcher, 'tokens').map(asWritten)
      .filter(value => value.fromResource && allowsImdsv1(value) && this.isUntold(value.fromResource));
    return weak.map(({ fromResource, value, kind }) => {
      const path = this.analysis.graph.launchesOf(launcher).find(({ source }) => source.kind === 'resource' && source.resource === fromResource)?.where ?? '';
      const from = { type: fromResource!.type, resource: fromResource!.path, path: '' };
      const got = kind === 'set' ? { kind, value, from } : { kind: 'unset' as const, from };
      return { rule: 'Imdsv2::TokensRequired', resource: launcher.path, path, got: [got], because: [{ kind: 'not checked' }] };
    });
  }

  /** Whether something is outside of what is checked, and nobody says what is wrong with it, or exempts it. */
  private isUntold(source: LaunchResource): boolean {
    const { isAsked, template } = this.placeOf(source as TemplateResource);
    const reportedOn = this.reportingConstructFor(source as TemplateResource, template);
    if (isAsked || this.isCheckedElsewhere(reportedOn)) { return false; }
    const isAskedLater = asksByEnvironment() && this.covers(reportedOn);
    return !isAskedLater && !this.rules.exemptions.covering(reportedOn, 'Imdsv2::TokensRequired');
  }

  /** Whether a resource has to do with instances, as it stands: some types launch any under some conditions only. */
  private launches({ resource, findings }: CheckedResource): boolean {
    const { carriers = NONE, requiredByService } = resource.record ?? {};
    return findings.length > 0 || carriers.some(carrier => mayCount(carrier, resource))
      || (requiredByService?.when !== undefined && certainlyHas(requiredByService.when, resource))
      || this.analysis.graph.launchesOf(resource).length > 0;
  }

  /** What the rules make of findings; none is left of a rule that is switched off. */
  private judged(findings: readonly Finding[], reportedOn: IConstruct, where?: Whereabouts): CheckedFinding[] {
    return findings.filter(({ rule }) => this.rules.isOn(rule)).map(finding => ({
      ...finding,
      ...where,
      reportedOn,
      fails: this.rules.fails(finding.rule),
      exemption: this.rules.exemptions.covering(reportedOn, finding.rule),
    }));
  }

  /** The constructs that exempt something of what is checked: in its stacks, or above them. */
  private exempting({ exempting }: Census): IConstruct[] {
    const stacks = this.templates.flatMap(({ counted }) => counted ? [counted.stack] : []);
    const above = new Set<IConstruct>(stacks.flatMap(stack => stack.node.scopes));
    const isIn = ({ node }: IConstruct) => node.scopes.some(scope => above.has(scope) && Stack.isStack(scope));
    return exempting.filter(construct => above.has(construct) || (this.covers(construct) && isIn(construct)));
  }

  private covers(construct: IConstruct): boolean {
    return this.isWholeTree || construct.node.scopes.includes(this.scope);
  }

  /** The construct that stands for a template. */
  private reportingConstructOf(template: AssemblyTemplate): IConstruct {
    return template.owner ?? this.scope.node.root;
  }
}

/** Whether a finding fails the synthesis. */
export function isFailing({ fails, exemption }: CheckedFinding): boolean {
  return fails && !exemption;
}
