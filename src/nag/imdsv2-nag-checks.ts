import { resolve } from 'path';
import type { CfnResource, IPolicyValidationContext, PolicyValidationPluginReport } from 'aws-cdk-lib';
import type { NagPackProps } from 'cdk-nag';
import { NagMessageLevel, NagPack, NagRuleCompliance } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { LiveScene } from '../inspect/live-scene';
import { findingsOn } from '../inspect/scene-findings';
import { deployedTemplateOf } from '../launch/template-path';
import { CheckedPolicy } from '../policy/checked-policy';
import { Exemptions, todayOf } from '../policy/exemptions';
import { CHECKED_RULE_IDS, RULES, ruleNameOf } from '../policy/rules';
import type { RuleId } from '../policy/rules';
import { LiveResource } from '../resources/live-resource';
import { recordOf } from '../resources/record-table';

const PACK = 'Imdsv2';

/** What the rules ask for, besides what every pack of cdk-nag can be told. */
export interface Imdsv2NagChecksProps extends NagPackProps {
  /**
   * The least hop limit of container hosts, 1-64.
   *
   * @default - 2 is the least that is accepted; where `Imdsv2.enforce()` says otherwise, that
   */
  readonly containerHopLimit?: number;

  /**
   * The highest hop limit that is accepted, 1-64.
   *
   * @default - what `Imdsv2.enforce()` says of the resource; without it 2, or `containerHopLimit` where that is more
   */
  readonly maxHopLimit?: number;

  /**
   * The day as of which exemptions count, as `YYYY-MM-DD`.
   *
   * @default - today, in UTC
   */
  readonly today?: string;
}

/**
 * The rules of this library as a pack of cdk-nag 3, beside its others.
 *
 * A rule is called `Imdsv2-TokensRequired` here. It is acknowledged by that name, as every rule of cdk-nag, or by `Imdsv2::TokensRequired`,
 * as everywhere else in this library; `ImdsExemption` counts too. Errors fail the synthesis, warnings do not.
 *
 * It finds what `Imdsv2.check()` finds: an app needs one of them.
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
  /** The name that stands in validation reports. */
  public readonly name = PACK;
  /** The ids of all rules. */
  public readonly ruleIds?: string[] = CHECKED_RULE_IDS.map(id => `${PACK}-${ruleNameOf(id)}`);
  private readonly policy: CheckedPolicy;
  private readonly exemptions: Exemptions;
  private scene: LiveScene | undefined;
  /** The templates to check; all are where it is not given. */
  private templates: ReadonlySet<string> | undefined;

  /**
   * @param scope where acknowledged rules are written into the metadata of resources, if `writeSuppressionsToCloudFormation` asks for that
   * @param props hop limits, and what every pack of cdk-nag takes
   * @throws Error where EC2 does not accept a hop limit, or `today` is not a date
   */
  public constructor(scope?: IConstruct, props: Imdsv2NagChecksProps = {}) {
    super(scope, props);
    this.packName = PACK;
    this.policy = new CheckedPolicy(props);
    this.exemptions = new Exemptions(todayOf(props.today));
  }

  /** Checks the stacks of the app, or of the stage that the pack was added to: CDK calls it. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    this.templates = new Set(context.stackTemplates.map(({ templatePath }) => resolve(templatePath)));
    try {
      return super.validate(context);
    } finally {
      this.templates = undefined;
    }
  }

  /** Checks a tree: cdk-nag calls it, and so may a test. */
  public validateScope(scope: IConstruct): PolicyValidationPluginReport {
    this.scene = this.templates ? LiveScene.synthesized(scope) : LiveScene.around(scope);
    const report = super.validateScope(scope);
    return { ...report, success: !report.violations.some(({ severity }) => severity === 'error') };
  }

  /** Applies the rules that a resource breaks, if it has to do with instance metadata. */
  protected checkResource(node: CfnResource): void {
    if (!recordOf(LiveResource.typeOf(node)) || !this.covers(node)) { return; }
    const broken = this.brokenBy(node);
    // cdk-nag does nothing with a rule that is kept.
    for (const id of CHECKED_RULE_IDS.filter(each => broken.has(each))) {
      const { title, severity, fix, see, explanation } = RULES[id];
      this.applyRule({
        ruleSuffixOverride: ruleNameOf(id),
        info: `The rule is broken: ${title}. What to do: ${fix}.`,
        explanation: `${explanation} (${see})`,
        level: severity === 'error' ? NagMessageLevel.ERROR : NagMessageLevel.WARN,
        node,
        rule: () => NagRuleCompliance.NON_COMPLIANT,
      });
    }
  }

  private covers({ stack }: CfnResource): boolean {
    return this.templates?.has(deployedTemplateOf(stack)) ?? true;
  }

  /** The rules that a resource breaks, and is not exempted from. */
  private brokenBy(node: CfnResource): ReadonlySet<RuleId> {
    const scene = this.scene?.knows(node) ? this.scene : LiveScene.around(node);
    const found = findingsOn(scene.resourceOf(node), scene, this.policy.on(node)).map(({ id }) => id);
    const ends = node.node.scopes.flatMap(scope => this.exemptions.endingOn(scope)).map(({ kind }): RuleId =>
      kind === 'expired' ? 'Imdsv2::ExemptionExpired' : 'Imdsv2::ExemptionExpiring');
    return new Set([...found, ...ends].filter(id => !this.exemptions.covering(node, id)));
  }
}
