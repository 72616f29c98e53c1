import type { IConstruct } from 'constructs';
import type { KnownExemptions } from '../inspect/exempt-launchers';
import { exemptLauncherFindings } from '../inspect/exempt-launchers';
import type { Finding } from '../inspect/finding';
import { distinctFindings } from '../inspect/finding';
import { judge } from '../inspect/judge';
import type { LaunchAnalysis } from '../inspect/launch-analysis';
import { PlainVerdicts } from '../inspect/plain-verdicts';
import { certainlyHas, mayCount } from '../launch/setting-at';
import type { TemplateResource } from '../launch/template-resource';
import type { TemplateSet } from '../launch/template-set';
import type { TemplateStack } from '../launch/template-stack';
import { Memo } from '../model/memo';
import type { ImdsPolicy } from '../policy/imds-policy';
import { foundByEnforcement } from './announced';
import type { AssemblyTemplate } from './assembly';
import type { Census } from './census';
import type { CheckedPart } from './checked-part';
import type { CheckedFinding, CheckedResource } from './checked-resource';
import { ResourceCheck, constructOf } from './checked-resource';
import type { RuleConfiguration } from './rule-configuration';
import type { WeakSources } from './weak-sources';

const NONE: readonly never[] = [];

/** Checks the resources of a part of an app. For findings alone, it opens only resources that are not plain: see `PlainVerdicts`. */
export class ResourceChecks {
  private readonly plainVerdicts = new Memo((policy: ImdsPolicy) => new PlainVerdicts(this.analysis, policy, this.census.hasExemptions));
  /** The policies by the construct that findings are reported on. Most resources have the policy of their stack. */
  private readonly policies = new Memo((construct: IConstruct) => this.rules.policyOn(construct));
  private checkedResources: readonly CheckedResource[] | undefined;

  public constructor(
    private readonly world: TemplateSet,
    private readonly analysis: LaunchAnalysis,
    private readonly part: CheckedPart,
    private readonly census: Census,
    private readonly rules: RuleConfiguration,
    private readonly weakSources: WeakSources,
    private readonly exemptions: KnownExemptions,
  ) {}

  /** All resources that are checked. */
  public get read(): readonly TemplateResource[] {
    return this.world.resources.filter(resource => resource.record && this.part.includes(resource));
  }

  /** The resources with options, launches or findings. All of them are opened. */
  public get resources(): readonly CheckedResource[] {
    return this.checkedResources ??= this.read.map(resource => this.check(resource, this.part.templateOf(resource)))
      .filter(checked => this.isRelevant(checked));
  }

  /** @param withAnnounced whether to add warnings of enforcement that fail */
  public found(withAnnounced: boolean): CheckedFinding[] {
    const found: CheckedFinding[] = [];
    if (this.checkedResources) {
      this.checkedResources.forEach(checked => found.push(...findingsOn(checked, withAnnounced)));
    } else {
      this.world.stacks.forEach(stack => this.addFindingsIn(stack, withAnnounced, found));
    }
    return found;
  }

  /** Adds the findings in a stack. */
  private addFindingsIn(stack: TemplateStack, withAnnounced: boolean, found: CheckedFinding[]): void {
    const template = this.part.templateIn(stack.id);
    if (!template.isValidated) { return; }
    const plainVerdicts = withAnnounced && template.counted?.isNoted ? undefined : this.plainVerdictsIn(template);
    const { logicalIds } = stack;
    for (let index = 0; index < logicalIds.length; index++) {
      const findings = plainVerdicts?.on(logicalIds[index], stack);
      if (findings === undefined || (findings.length > 0 && !this.add(findings, logicalIds[index], template, found))) {
        found.push(...this.foundOn(stack.resourceOf(logicalIds[index]), template, withAnnounced));
      }
    }
  }

  /** The verdicts on plain resources of a template, if all of it is checked, by one policy. */
  private plainVerdictsIn(template: AssemblyTemplate): PlainVerdicts | undefined {
    const isOfOnePart = this.part.coversAllOf(template) && !this.census.hasPoliciesInStacks;
    return isOfOnePart ? this.plainVerdicts.of(this.policies.of(this.part.ownerOf(template))) : undefined;
  }

  /** Adds findings on a plain resource. Returns whether it has a construct; otherwise it adds nothing. */
  private add(findings: readonly Finding[], logicalId: string, template: AssemblyTemplate, found: CheckedFinding[]): boolean {
    const construct = template.counted?.resourceOf(logicalId);
    if (!construct) { return false; }
    const resource = construct.node.path;
    for (const { rule, path, got, want } of findings) {
      if (!this.rules.isOn(rule)) { continue; }
      found.push(this.rules.judge({ rule, resource, path, got, want }, construct, { construct, template, logicalId }, this.census.hasExemptions));
    }
    return true;
  }

  private foundOn(resource: TemplateResource, template: AssemblyTemplate, withAnnounced: boolean): readonly CheckedFinding[] {
    if (!resource.record || !this.part.includes(resource)) { return NONE; }
    const checked = this.check(resource, template);
    return this.isRelevant(checked) ? findingsOn(checked, withAnnounced) : NONE;
  }

  private check(resource: TemplateResource, template: AssemblyTemplate): CheckedResource {
    const reportedOn = (this.census.hasPoliciesInStacks ? constructOf(resource, template) : undefined) ?? this.part.ownerOf(template);
    const found = judge(resource, this.analysis, this.policies.of(reportedOn));
    const more = [...this.weakSources.of(resource), ...this.exemptionFindings(resource)];
    const findings = this.judged(more.length === 0 ? found : [...found, ...more], resource, template);
    return new ResourceCheck(resource, template, findings, construct => this.judged(foundByEnforcement(construct), resource, template));
  }

  /** Findings on exemptions without effect. They need constructs, so they are skipped if nothing is exempt. */
  private exemptionFindings(resource: TemplateResource): readonly Finding[] {
    return this.census.hasExemptions ? exemptLauncherFindings(resource, this.analysis, this.exemptions) : NONE;
  }

  /** Judges findings on a resource by the configuration of rules. Its construct is only looked up if there are findings. */
  private judged(findings: readonly Finding[], resource: TemplateResource, template: AssemblyTemplate): readonly CheckedFinding[] {
    if (findings.length === 0) { return NONE; }
    const { logicalId } = resource;
    const construct = constructOf(resource, template);
    return this.rules.judged(distinctFindings(findings), construct ?? this.part.ownerOf(template), { construct, template, logicalId });
  }

  /** Whether a resource launches instances or defines their options. Some types do so only with certain properties. */
  private isRelevant({ resource, findings }: CheckedResource): boolean {
    const { carriers = NONE, requiredByService } = resource.record ?? {};
    return findings.length > 0 || carriers.some(carrier => mayCount(carrier, resource))
      || (requiredByService?.when !== undefined && certainlyHas(requiredByService.when, resource))
      || this.analysis.graph.launchesOf(resource).length > 0;
  }
}

function findingsOn({ findings, announced }: CheckedResource, withAnnounced: boolean): readonly CheckedFinding[] {
  return withAnnounced ? [...findings, ...announced.filter(({ fails }) => fails)] : findings;
}
