import { resolve } from 'path';
import type { CfnResource, IPolicyValidationContext, PolicyValidationPluginReport, PolicyViolation, Stack } from 'aws-cdk-lib';
import type { NagPackProps } from 'cdk-nag';
import { NagMessageLevel, NagPack, NagRuleCompliance } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { Census } from '../check/census';
import { checkContext } from '../check/context';
import { violationsOf } from '../check/violations';
import { endOfExemption } from '../inspect/ending-exemptions';
import type { KnownExemptions } from '../inspect/exempt-launchers';
import { exemptLauncherFindings } from '../inspect/exempt-launchers';
import type { Finding } from '../inspect/finding';
import { distinctFindings, statementOf } from '../inspect/finding';
import { adviceOf, findingText } from '../inspect/finding-text';
import { judge } from '../inspect/judge';
import { locationOf } from '../inspect/location';
import { PlainL1Verdicts } from '../inspect/plain-l1-verdicts';
import { TreeAnalysis } from '../inspect/tree-analysis';
import { deployedTemplateOf } from '../launch/template-path';
import { grouped } from '../model/grouped';
import { BOOLEAN, CONSTRUCT, HOP_LIMIT, LATER, checkValue, orUnresolved } from '../model/kinds';
import { Memo } from '../model/memo';
import { checkKnown } from '../model/props';
import { printedIdOf } from '../policy/acknowledgements';
import { CheckedPolicy } from '../policy/checked-policy';
import { Exemptions, todayOf } from '../policy/exemptions';
import { CHECKED_RULE_IDS, RULES, ruleNameOf } from '../policy/rules';
import { LiveResource } from '../resources/live-resource';
import { recordOf } from '../resources/record-table';
import { foundBeyondConstructs } from './beyond-constructs';
import { foundOnScopes } from './found-on-scopes';

const PACK = 'Imdsv2';

/** The props of the pack, in addition to those of every pack of cdk-nag. */
export interface Imdsv2NagChecksProps extends NagPackProps {
  /**
   * The lowest hop limit that is accepted on container hosts, 1-64.
   *
   * @default - 2, or the `containerHopLimit` of `Imdsv2.enforce()` if that is lower
   */
  readonly containerHopLimit?: number;

  /**
   * The highest hop limit that is accepted, 1-64.
   *
   * @default - the maximum of `Imdsv2.enforce()`, without it 2; or `containerHopLimit` if that is higher
   */
  readonly maxHopLimit?: number;

  /**
   * The date for which exemptions are evaluated, as `YYYY-MM-DD`.
   *
   * @default - today, in UTC
   */
  readonly today?: string;
}

/**
 * The rules of this library as a pack of cdk-nag 3, beside its others.
 *
 * A rule is called `Imdsv2-TokensRequired` here, and CDK prints it as `Imdsv2::Imdsv2-TokensRequired`. To acknowledge it, use one of these, or
 * `Imdsv2::TokensRequired`: all three count everywhere in this library, and so does `ImdsExemption`. Errors fail the synthesis, warnings do not.
 *
 * It finds what `Imdsv2.check()` finds, so an app needs one of them. Only the check reads the templates, and so sees what your own code changes while CDK
 * renders a construct or a stack.
 *
 * @example
 * import { App, Validations } from 'aws-cdk-lib';
 * import { Imdsv2NagChecks } from 'cdk-imdsv2/lib/nag';
 * import { AwsSolutionsChecks } from 'cdk-nag';
 *
 * const app = new App();
 * Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new Imdsv2NagChecks(app));
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
 */
export class Imdsv2NagChecks extends NagPack {
  /** The name of the pack in validation reports. */
  public readonly name = PACK;
  /** The ids of all rules. */
  public readonly ruleIds?: string[] = CHECKED_RULE_IDS.map(id => `${PACK}-${ruleNameOf(id)}`);
  private readonly policy: CheckedPolicy;
  private readonly exemptions: Exemptions;
  private analysis: TreeAnalysis | undefined;
  /** The fast way to the findings. It is used if CDK calls the pack and nothing is exempt. */
  private plainVerdicts: PlainL1Verdicts | undefined;
  /** The templates to check. `undefined` means all. */
  private templates: ReadonlySet<string> | undefined;
  /** The findings by rule name and construct path. */
  private readonly found = new Map<string, readonly Finding[]>();
  /** The scopes whose ending exemptions are already reported on a resource. */
  private readonly reportedScopes = new Set<IConstruct>();
  /** Whether an exemption can apply to a resource. If CDK calls the pack, the tree is searched for exemptions first. */
  private mayBeExempt = true;
  private readonly deployedTemplates = new Memo((stack: Stack) => deployedTemplateOf(stack));
  private readonly isVerbose: boolean;

  /**
   * @param scope the scope in which acknowledged rules are written into the metadata of resources, if `writeSuppressionsToCloudFormation` is set
   * @param props the accepted hop limits, and the properties of every pack of cdk-nag
   * @throws Error if EC2 does not accept a hop limit, or `today` is not a date
   */
  public constructor(scope?: IConstruct, props: Imdsv2NagChecksProps = {}) {
    if (scope !== undefined) { checkValue('scope', scope, CONSTRUCT); }
    checkKnown(props, NAG);
    super(scope, props);
    this.packName = PACK;
    this.isVerbose = props.verbose ?? false;
    this.policy = new CheckedPolicy(props);
    this.exemptions = new Exemptions(todayOf(props.today));
  }

  /** Checks the stacks of the app, or of the stage that has the pack. CDK calls it. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    checkContext(context);
    const census = new Census(context.appConstruct);
    this.mayBeExempt = census.hasExemptions;
    this.templates = new Set(context.stackTemplates.map(({ templatePath }) => resolve(templatePath)));
    this.reportedScopes.clear();
    try {
      const { violations } = super.validate(context);
      return reportOf([...violations, ...this.beyondConstructs(context, census)]);
    } finally {
      this.templates = undefined;
      this.mayBeExempt = true;
    }
  }

  /** Checks a tree. cdk-nag calls it, and a test can call it. */
  public validateScope(scope: IConstruct): PolicyValidationPluginReport {
    this.analysis = this.templates ? TreeAnalysis.synthesized(scope) : TreeAnalysis.of(scope);
    this.plainVerdicts = this.templates && !this.mayBeExempt ? new PlainL1Verdicts(this.analysis) : undefined;
    this.found.clear();
    const violations = super.validateScope(scope).violations.flatMap(violation => this.withFindingTexts(violation));
    return reportOf(violations);
  }

  /** Reports the rules that a resource violates, if the resource has metadata options or launches instances. */
  protected checkResource(node: CfnResource): void {
    if (!recordOf(LiveResource.typeOf(node)) || !this.covers(node)) { return; }
    const found = this.findingsOn(node);
    if (found.length === 0) { return; }
    const findings = grouped(found.map(finding => [finding.rule, finding] as const));
    // cdk-nag ignores rules that a resource complies with, so only the others are applied.
    for (const id of CHECKED_RULE_IDS) {
      const ofRule = findings.get(id);
      if (!ofRule) { continue; }
      const { severity, explanation } = RULES[id];
      this.found.set(keyOf(`${PACK}-${ruleNameOf(id)}`, node.node.path), ofRule);
      this.applyRule({
        ruleSuffixOverride: ruleNameOf(id),
        info: '',
        explanation,
        level: severity === 'error' ? NagMessageLevel.ERROR : NagMessageLevel.WARN,
        node,
        rule: () => NagRuleCompliance.NON_COMPLIANT,
      });
    }
  }

  /** Splits a violation of cdk-nag into one for each text. cdk-nag has one violation for each rule, with the text of the first finding. */
  private withFindingTexts({ ruleName, severity, violatingResources }: PolicyViolation): PolicyViolation[] {
    const found = violatingResources.flatMap(resource =>
      (this.found.get(keyOf(ruleName, resource.constructPath!)) ?? []).map(finding => [statementOf(finding), { finding, resource }] as const));
    return [...grouped(found).values()].map(group => {
      const [{ finding }] = group;
      const { fix, see } = adviceOf(finding);
      return {
        ruleName,
        description: this.describe(finding),
        fix: `${fix} (${see})`,
        severity,
        violatingResources: group.map(({ resource }) => ({ ...resource, locations: [locationOf(finding.path)] })),
      };
    });
  }

  /** The violations of templates without constructs, and of scopes that are not resources. */
  private beyondConstructs(context: IPolicyValidationContext, census: Census): PolicyViolation[] {
    const onScopes = this.mayBeExempt ? foundOnScopes(context.appConstruct, this.exemptions, this.reportedScopes) : [];
    return [...foundBeyondConstructs(context, census, this.policy, this.exemptions), ...onScopes].flatMap(finding => violationsOf([finding])
      .map(violation => ({
        ...violation, ruleName: `${PACK}-${ruleNameOf(finding.rule)}`, description: this.describe(finding), severity: RULES[finding.rule].severity,
      })));
  }

  private describe(finding: Finding): string {
    const { explanation } = RULES[finding.rule];
    const { see } = adviceOf(finding);
    const text = findingText(finding);
    return this.isVerbose ? `${text}. ${explanation} (${see})` : text;
  }

  private covers({ stack }: CfnResource): boolean {
    return this.templates?.has(this.deployedTemplates.of(stack)) ?? true;
  }

  /** The findings about a resource that no exemption covers. */
  private findingsOn(node: CfnResource): readonly Finding[] {
    const plain = this.plainVerdicts?.on(node);
    if (plain) { return plain; }
    const analysis = this.analysis?.knows(node) ? this.analysis : TreeAnalysis.of(node);
    const seen = analysis.resourceOf(node);
    const found = judge(seen, analysis, this.policy.on(node));
    if (!this.mayBeExempt) { return distinctFindings(found); }
    const withoutEffect = exemptLauncherFindings(seen, analysis, this.exemptionsIn(analysis));
    const ends = node.node.scopes.flatMap(scope => this.endsOn(scope, node));
    return distinctFindings([...found, ...withoutEffect, ...ends]).filter(({ rule }) => {
      const exemption = this.exemptions.covering(node, rule);
      // CDK itself removes these and shows them as suppressed.
      return !exemption || exemption.acknowledgedAs === printedIdOf(rule);
    });
  }

  private exemptionsIn(analysis: TreeAnalysis): KnownExemptions {
    return {
      isExempt: resource => this.exemptions.covering(analysis.constructOf(resource), 'Imdsv2::TokensRequired') !== undefined,
      isHandled: resource => this.covers(analysis.constructOf(resource)),
    };
  }

  /** The exemptions that end soon on a scope, which is the resource or above it. */
  private endsOn(scope: IConstruct, node: CfnResource): readonly Finding[] {
    const endings = this.exemptions.endingOn(scope);
    if (endings.length > 0) { this.reportedScopes.add(scope); }
    return endings.map(ending => endOfExemption(ending, scope === node ? undefined : scope.node.path));
  }
}

function reportOf(violations: PolicyViolation[]): PolicyValidationPluginReport {
  return { violations, success: !violations.some(({ severity }) => severity === 'error') };
}

function keyOf(ruleName: string, constructPath: string): string {
  return `${ruleName} ${constructPath}`;
}

const NAG = { verbose: BOOLEAN, containerHopLimit: orUnresolved(HOP_LIMIT), maxHopLimit: HOP_LIMIT, today: LATER };
