import type { App, StackProps } from 'aws-cdk-lib';
import { Stage } from 'aws-cdk-lib';
import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { CfnCapacityProvider } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import { LaunchGraph } from '../../src/launch/launch-graph';
import { LiveTree } from '../../src/launch/live-tree';
import { TemplateSet } from '../../src/launch/template-set';
import { scratchStack } from '../harness/scratch-app';
import type { Readings } from './harness/readings';
import { always, answer, answersOf, readableApp, readings } from './harness/readings';

const templateIn = (scope: Construct, launchTemplateName?: unknown, id = 'Template') =>
  new CfnLaunchTemplate(scope, id, { launchTemplateName: launchTemplateName as string, launchTemplateData: { imageId: 'ami-1' } });
const instanceIn = (scope: Construct, launchTemplateName: string, id = 'Instance') =>
  new CfnInstance(scope, id, { launchTemplate: { launchTemplateName, version: '$Latest' } });
const stackIn = (scope: Construct, id: string, props?: StackProps) => scratchStack(scope, id, props);

const LATEST = ['latest'];
const at = (region?: string, account?: string): StackProps => ({ env: { account, region } });

/** Apps with two things that could be confused, and the sources of the launchers. */
const APPS: readonly (readonly [name: string, build: (app: App) => void, answers: readonly string[]])[] = [
  ['two templates without a name', app => {
    const stack = stackIn(app, 'Stack');
    ['One', 'Other'].forEach(id => {
      const { ref: launchTemplateId } = templateIn(stack, undefined, id);
      new CfnInstance(stack, `${id}Instance`, { launchTemplate: { launchTemplateId, version: '$Latest' } });
    });
    instanceIn(stack, 'undefined');
    new CfnInstance(stack, 'Nameless', { launchTemplate: { version: '$Latest' } });
  }, [
    answer('Stack/Instance', 'outside undefined', LATEST),
    answer('Stack/OneInstance', 'Stack/One', LATEST),
    answer('Stack/OtherInstance', 'Stack/Other', LATEST),
  ]],
  ['two templates without a name in two stacks, with the same logical id', app => {
    for (const stack of ['One', 'Other'].map(id => stackIn(app, id))) {
      templateIn(stack);
      new CfnInstance(stack, 'Instance').addPropertyOverride('LaunchTemplate', { LaunchTemplateId: { Ref: 'Template' }, Version: '$Latest' });
    }
  }, [answer('One/Instance', 'One/Template', LATEST), answer('Other/Instance', 'Other/Template', LATEST)]],
  ['templates of the same name in two stages', app => {
    for (const stack of ['Beta', 'Prod'].map(id => stackIn(new Stage(app, id), 'Stack'))) {
      templateIn(stack, 'web');
      instanceIn(stackIn(stack.node.scope!, 'Launchers'), 'web');
    }
    instanceIn(stackIn(app, 'Stack'), 'web');
  }, [
    answer('Beta/Launchers/Instance', 'Beta/Stack/Template', LATEST),
    answer('Prod/Launchers/Instance', 'Prod/Stack/Template', LATEST),
    answer('Stack/Instance', 'unknown', LATEST),
  ]],
  ['templates of the same name in two Regions', app => {
    ['eu-west-1', 'us-east-1'].forEach(region => {
      templateIn(stackIn(app, `Templates-${region}`, at(region)), 'web');
      instanceIn(stackIn(app, `Launchers-${region}`, at(region)), 'web');
    });
    instanceIn(stackIn(app, 'Anywhere'), 'web');
    instanceIn(stackIn(app, 'Elsewhere', at('ap-south-1')), 'web');
  }, [
    answer('Anywhere/Instance', 'unknown', LATEST),
    answer('Elsewhere/Instance', 'outside web', LATEST),
    answer('Launchers-eu-west-1/Instance', 'Templates-eu-west-1/Template', LATEST),
    answer('Launchers-us-east-1/Instance', 'Templates-us-east-1/Template', LATEST),
  ]],
  ['templates of the same name in two accounts', app => {
    ['111111111111', '222222222222'].forEach(account => {
      templateIn(stackIn(app, `Templates-${account}`, at('eu-west-1', account)), 'web');
      instanceIn(stackIn(app, `Launchers-${account}`, at('eu-west-1', account)), 'web');
    });
  }, [
    answer('Launchers-111111111111/Instance', 'Templates-111111111111/Template', LATEST),
    answer('Launchers-222222222222/Instance', 'Templates-222222222222/Template', LATEST),
  ]],
  ['templates of the same name in one stack', app => {
    const stack = stackIn(app, 'Stack');
    ['One', 'Other'].forEach(id => templateIn(stack, 'web', id));
    instanceIn(stack, 'web');
  }, [answer('Stack/Instance', 'unknown', LATEST)]],
  ['templates of the same name in one stack and in another', app => {
    ['One', 'Other'].forEach(id => templateIn(stackIn(app, id), 'web'));
    instanceIn(app.node.findChild('One') as Construct, 'web');
    instanceIn(stackIn(app, 'Stack'), 'web');
  }, [answer('One/Instance', 'One/Template', LATEST), answer('Stack/Instance', 'unknown', LATEST)]],
  ['templates that are named after the id of their stack', app => {
    ['One', 'Other'].forEach(id => templateIn(stackIn(app, id), { 'Fn::Sub': 'web-${AWS::StackId}' }));
    const stack = stackIn(app, 'Stack');
    new CfnInstance(stack, 'Instance').addPropertyOverride('LaunchTemplate', { LaunchTemplateName: { 'Fn::Sub': 'web-${AWS::StackId}' }, Version: '$Latest' });
    new CfnInstance(app.node.findChild('One') as Construct, 'Instance')
      .addPropertyOverride('LaunchTemplate', { LaunchTemplateName: { 'Fn::Sub': 'web-${AWS::StackId}' }, Version: '$Latest' });
  }, [answer('One/Instance', 'One/Template', LATEST), answer('Stack/Instance', 'outside web-...', LATEST)]],
  ['a name that only ends with the reference to a template', app => {
    const stack = stackIn(app, 'Stack');
    const other = templateIn(stack);
    instanceIn(stack, `web-team/${other.ref}`);
  }, [answer('Stack/Instance', 'outside web-...', LATEST)]],
  ['a group and a template of the same name', app => {
    const stack = stackIn(app, 'Stack');
    templateIn(stack, 'web');
    new CfnAutoScalingGroup(stack, 'Group', { autoScalingGroupName: 'web', minSize: '0', maxSize: '1' });
    new CfnCapacityProvider(stack, 'Provider', { autoScalingGroupProvider: { autoScalingGroupArn: 'web' } });
    instanceIn(stack, 'web');
  }, [answer('Stack/Instance', 'Stack/Template', LATEST), answer('Stack/Provider', 'Stack/Group')]],
  ['a group of the same name in another Region, by its ARN', app => {
    const stack = stackIn(app, 'Stack');
    new CfnAutoScalingGroup(stack, 'Group', { autoScalingGroupName: 'web', minSize: '0', maxSize: '1' });
    const here = stackIn(app, 'Here', at('eu-west-1'));
    new CfnAutoScalingGroup(here, 'Group', { autoScalingGroupName: 'shop', minSize: '0', maxSize: '1' });
    const arn = (region: string, name: string) => `arn:aws:autoscaling:${region}:111111111111:autoScalingGroup:1-2-3:autoScalingGroupName/${name}`;
    Object.entries({ Web: arn('us-east-1', 'web'), Shop: arn('eu-west-1', 'shop'), Far: arn('us-east-1', 'shop') }).forEach(([id, autoScalingGroupArn]) =>
      new CfnCapacityProvider(stack, id, { autoScalingGroupProvider: { autoScalingGroupArn } }));
  }, [
    answer('Stack/Far', 'outside arn:aws:autoscaling:us-east-1:111111111111:autoScalingGroup:1-2-3:autoScalingGroupName/shop'),
    answer('Stack/Shop', 'Here/Group'),
    answer('Stack/Web', 'Stack/Group'),
  ]],
  ['an ARN that ends with the reference to a group', app => {
    const stack = stackIn(app, 'Stack');
    const group = (id: string) => new CfnAutoScalingGroup(stack, id, { minSize: '0', maxSize: '1' });
    const [one, other] = [group('One'), group('Other')];
    const autoScalingGroupArn = `arn:aws:autoscaling:eu-west-1:111111111111:autoScalingGroup:${one.ref}:autoScalingGroupName/${other.ref}`;
    new CfnCapacityProvider(stack, 'Provider', { autoScalingGroupProvider: { autoScalingGroupArn } });
  }, [answer('Stack/Provider', 'Stack/Other')]],
];

test.each(APPS)('%s', (_, build, answers) => {
  const app = readableApp();
  build(app);
  expect(withoutStackIds(readings(app))).toEqual(always(...answers));
});

test('one nested template for two stacks with different parameters', () => {
  const nested = (id: string) => ({
    Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Id: { Ref: id } } }, Metadata: { 'aws:asset:path': 'nested.json' },
  });
  const template = { Type: 'AWS::EC2::LaunchTemplate' };
  const graph = new LaunchGraph(new TemplateSet([
    { file: 'stack.json', template: { Resources: { One: template, Other: template, First: nested('One'), Second: nested('Other') } } },
    {
      file: 'nested.json',
      template: {
        Parameters: { Id: { Type: 'String', Default: 'lt-1' } },
        Resources: { Instance: { Type: 'AWS::EC2::Instance', Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Id' }, Version: '$Latest' } } } },
      },
    },
  ]));
  expect(answersOf(graph)).toEqual([answer('nested.json#Instance', 'unknown', LATEST)]);
});

test('constructs outside the tree do not exist', () => {
  const app = readableApp();
  const [one, other] = ['One', 'Other'].map(id => stackIn(app, id));
  templateIn(one, 'web');
  instanceIn(other, 'web');
  expect(answersOf(new LaunchGraph(new LiveTree(other)))).toEqual([answer('Other/Instance', 'outside web', LATEST)]);
});

/** The name of an outside source can contain the id of a stack: its path in a tree, its file in templates. */
function withoutStackIds(found: Readings): unknown {
  return JSON.parse(JSON.stringify(found).replace(/outside web-[^(]*/g, 'outside web-... ')) as unknown;
}
