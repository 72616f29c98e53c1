import { App, Aspects, IAspect } from 'aws-cdk-lib';
import { AutoScalingGroupRequireImdsv2Aspect } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceRequireImdsv2Aspect, LaunchTemplateRequireImdsv2Aspect } from 'aws-cdk-lib/aws-ec2';
import { Imdsv2, RequireImdsv2 } from '../src';

/** What is compared. */
export type Variant = 'bare' | 'no-op aspect' | 'aws-cdk-lib, three aspects' | 'RequireImdsv2, aspect' | 'Imdsv2.enforce';

export const BARE: Variant = 'bare';
export const AWS: Variant = 'aws-cdk-lib, three aspects';
export const OURS: readonly Variant[] = ['RequireImdsv2, aspect', 'Imdsv2.enforce'];

/** What each variant does to an app before it is synthesized. */
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
};

function addAspects(app: App, ...aspects: readonly IAspect[]): void {
  for (const aspect of aspects) { Aspects.of(app).add(aspect); }
}
