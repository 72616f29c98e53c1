import type { App } from 'aws-cdk-lib';
import { CfnResource } from 'aws-cdk-lib';
import { NagRuleCompliance, rules } from 'cdk-nag';
import { EXAMPLES } from '../../examples';
import { passesControl } from '../harness/control-tower';
import { synthesize } from './synthesis';

/**
 * Resources that cdk-nag's EC2IMDSv2Enabled rejects although tokens are required or the resource is exempt, and resources that it does not check. A
 * resource that it accepts must leave this list.
 */
const BLIND_SPOTS: { readonly [example: string]: { readonly [path: string]: string } } = {
  'fleet': {
    'Fleet/Groups/Workers/ASG': 'a mixed instances policy',
  },
  'platform': {},
  'legacy': {
    'WebTier/Template/AdminHost': 'options under Fn::If',
    'Production/Payments/Licences': 'exempted: tokens are not required there',
  },
  'golden-image': {},
};

const CONTROLS = ['ec2/ct-ec2-pr-1', 'ec2autoscaling/ct-autoscaling-pr-2'];

/** The resources that cdk-nag rejects. */
function rejectedByNag(app: App): string[] {
  return app.node.findAll()
    .filter(construct => CfnResource.isCfnResource(construct))
    .filter(resource => rules.ec2.EC2IMDSv2Enabled(resource) === NagRuleCompliance.NON_COMPLIANT)
    .map(resource => resource.node.path);
}

describe.each(EXAMPLES)('the example $name with Imdsv2.enforce()', example => {
  const { app, templatePaths } = synthesize(example);

  it('is accepted by cdk-nag, except for its known limits', () => {
    expect(rejectedByNag(app)).toEqual(Object.keys(BLIND_SPOTS[example.name]));
  });

  it.each(CONTROLS)('passes the Control Tower rule %s', control => {
    expect(templatePaths.filter(template => !passesControl(control, template))).toEqual([]);
  });
});

describe('without Imdsv2.enforce()', () => {
  const { app, templatePaths } = synthesize(EXAMPLES[0], false);

  it('cdk-nag rejects the launchers of the fleet', () => {
    expect(rejectedByNag(app).length).toBeGreaterThanOrEqual(10);
  });

  it.each(CONTROLS)('the fleet fails the Control Tower rule %s', control => {
    expect(templatePaths.every(template => passesControl(control, template))).toBe(false);
  });
});
