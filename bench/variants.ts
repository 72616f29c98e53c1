import { App, Aspects, CfnResource, IAspect, IPolicyValidationPlugin, Validations } from 'aws-cdk-lib';
import { AutoScalingGroupRequireImdsv2Aspect } from 'aws-cdk-lib/aws-autoscaling';
import { CfnLaunchTemplate, InstanceRequireImdsv2Aspect, LaunchTemplateRequireImdsv2Aspect } from 'aws-cdk-lib/aws-ec2';
import { NagMessageLevel, NagPack, rules } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { Imdsv2, RequireImdsv2 } from '../src';
import { Imdsv2NagChecks } from '../src/nag';

/** The variants to compare. */
export type Variant = 'bare' | 'no-op aspect' | 'aws-cdk-lib, three aspects' | 'RequireImdsv2, aspect' | 'Imdsv2.enforce'
  | 'a plugin that looks at nothing' | 'cdk-nag, EC2IMDSv2Enabled' | 'Imdsv2NagChecks' | 'Imdsv2.check';

export const BARE: Variant = 'bare';
export const AWS: Variant = 'aws-cdk-lib, three aspects';
export const OURS: readonly Variant[] = ['RequireImdsv2, aspect', 'Imdsv2.enforce'];
/** What CDK itself does with a violation on each resource, without the costs of finding it. */
export const TELLING: Variant = 'a plugin that looks at nothing';
export const NAG: Variant = 'cdk-nag, EC2IMDSv2Enabled';
export const OUR_CHECKS: readonly Variant[] = ['Imdsv2NagChecks', 'Imdsv2.check'];
/** The variants that enforce, and those that do nothing. */
export const ENFORCING: readonly Variant[] = [BARE, 'no-op aspect', AWS, ...OURS];

/** What each variant does with an app before it is synthesized. */
export const VARIANTS: { readonly [variant in Variant]: (app: App) => void } = {
  'bare': () => undefined,
  'no-op aspect': app => addAspects(app, { visit: () => undefined }),
  'aws-cdk-lib, three aspects': app => addAspects(
    app,
    new InstanceRequireImdsv2Aspect(),
    new LaunchTemplateRequireImdsv2Aspect(),
    new AutoScalingGroupRequireImdsv2Aspect(),
  ),
  'RequireImdsv2, aspect': app => addAspects(app, new RequireImdsv2()),
  'Imdsv2.enforce': app => Imdsv2.enforce(app),
  'a plugin that looks at nothing': app => Validations.of(app).addPlugins(TELLS_OF_ALL),
  'cdk-nag, EC2IMDSv2Enabled': app => Validations.of(app).addPlugins(new OneRule()),
  'Imdsv2NagChecks': app => Validations.of(app).addPlugins(new Imdsv2NagChecks(app)),
  'Imdsv2.check': app => Imdsv2.check(app),
};

/** Reports a violation on every launch template, as a check does if instances follow templates that do not require tokens. */
const TELLS_OF_ALL: IPolicyValidationPlugin = {
  name: 'Telling',
  validate: ({ appConstruct, stackTemplates }) => {
    const templates = new Map(stackTemplates.map(({ stackConstructPath, templatePath }) => [stackConstructPath, templatePath]));
    const violatingResources = appConstruct.node.findAll().filter(isLaunchTemplate).map(({ node, stack }) => ({
      constructPath: node.path,
      templatePath: templates.get(stack.node.path),
      resourceLogicalId: node.id,
      locations: ['Properties.MetadataOptions.HttpTokens'],
    }));
    return { success: false, violations: [{ ruleName: 'Told', description: 'told', severity: 'error', violatingResources }] };
  },
};

function isLaunchTemplate(construct: IConstruct): construct is CfnLaunchTemplate {
  return construct instanceof CfnLaunchTemplate;
}

/** A pack with only the rule of cdk-nag for IMDSv2. */
class OneRule extends NagPack {
  public readonly name = 'OneRule';

  public constructor() {
    super();
    this.packName = 'OneRule';
  }

  protected checkResource(node: CfnResource): void {
    this.applyRule({ info: 'IMDSv2', explanation: 'IMDSv2', level: NagMessageLevel.ERROR, rule: rules.ec2.EC2IMDSv2Enabled, node });
  }
}

function addAspects(app: App, ...aspects: readonly IAspect[]): void {
  for (const aspect of aspects) { Aspects.of(app).add(aspect); }
}
