import type { IAspect } from 'aws-cdk-lib';
import { Mixin } from 'aws-cdk-lib';
import { Instance, InstanceRequireImdsv2Aspect } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { CONSTRUCT, checkValue } from '../model/kinds';

/**
 * Keeps the launch template of instances that were deployed with `requireImdsv2` or the `InstanceRequireImdsv2Aspect` of `aws-cdk-lib`.
 *
 * Both attach a launch template to the instance. If you remove the template, CloudFormation replaces the instance. So if you remove them from
 * your code, use this class instead. It attaches the same launch template, with the same name. It does not change an instance that has your own
 * launch template.
 *
 * Apply it as a mixin to the deployed instances, or as an aspect to the scope that had the old aspect. New instances do not need it. It does not
 * override the options of the instance: use `Imdsv2.enforce()` to require IMDSv2.
 *
 * @example
 * import { App, Aspects } from 'aws-cdk-lib';
 * import { Imdsv2, KeepImdsv2LaunchTemplate } from 'cdk-imdsv2';
 *
 * declare const app: App;
 *
 * Aspects.of(app).add(new KeepImdsv2LaunchTemplate()); // in the place of InstanceRequireImdsv2Aspect
 * Imdsv2.enforce(app);
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html#cfn-ec2-instance-launchtemplate
 */
export class KeepImdsv2LaunchTemplate extends Mixin implements IAspect {
  private readonly original = new InstanceRequireImdsv2Aspect();

  /** Whether the construct is an instance, of the class `Instance`, without a launch template. */
  public supports(construct: IConstruct): boolean {
    return construct instanceof Instance && construct.instance.launchTemplate === undefined;
  }

  /** Attaches the launch template to one instance. */
  public applyTo(construct: IConstruct): void {
    checkValue('construct', construct, CONSTRUCT);
    this.original.visit(construct);
  }

  /** Attaches the launch template to an instance that the aspect visits. */
  public visit(node: IConstruct): void {
    checkValue('node', node, CONSTRUCT);
    if (this.supports(node)) { this.applyTo(node); }
  }
}
