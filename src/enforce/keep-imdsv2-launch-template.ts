import type { IAspect } from 'aws-cdk-lib';
import { Mixin } from 'aws-cdk-lib';
import { Instance, InstanceRequireImdsv2Aspect } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { CONSTRUCT, checkValue } from '../model/kinds';

/**
 * Keeps the launch template of instances that were deployed with `requireImdsv2`, or with the `InstanceRequireImdsv2Aspect`, of `aws-cdk-lib`.
 *
 * Those attach a launch template to the instance. CloudFormation replaces an instance that loses it, so whoever removes them from the code applies
 * this in their place. The template stays as it was, name and all. An instance that has a launch template of yours stays as it is.
 *
 * Apply it as a mixin to the instances that are deployed, or as an aspect to the scope that had the old one. New instances need none of it.
 * It does not require IMDSv2 by itself where the instance says otherwise: `Imdsv2.enforce()` does.
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

  /** Attaches a launch template to every instance that the aspect comes by. */
  public visit(node: IConstruct): void {
    checkValue('node', node, CONSTRUCT);
    if (this.supports(node)) { this.applyTo(node); }
  }
}
