import { launcherOf, type Tags } from '../../../handlers/imdsv1-usage/launcher-of';
import { ORIGINS } from './launches';

const UUID = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';

test.each(ORIGINS.map(origin => origin('n')))('$key', ({ key, tags }) => {
  const { kind, name } = launcherOf('i-1', tags);
  expect(`${kind} ${name}`).toBe(key);
});

test.each<[string, Tags, object]>([
  ['an instance of a stack with a launch template is by itself', { 'aws:ec2launchtemplate:id': 'lt-1', 'aws:cloudformation:logical-id': 'Instance' }, { kind: 'instance', name: 'i-1' }],
  ['an instance without tags is by itself', {}, { kind: 'instance', name: 'i-1' }],
  ['empty tags say nothing', { 'aws:autoscaling:groupName': '' }, { kind: 'instance', name: 'i-1' }],
  ['an old node group has a name without its own', { 'aws:autoscaling:groupName': `eks-${UUID}`, 'eks:cluster-name': 'shop', 'eks:nodegroup-name': 'blue' },
    { kind: 'EKS node group', name: 'shop/blue', cluster: 'shop' }],
  ['nodes that manage themselves are a group with a cluster', { 'aws:autoscaling:groupName': 'nodes', 'kubernetes.io/cluster/shop': 'owned' },
    { kind: 'Auto Scaling group', name: 'nodes', cluster: 'shop' }],
  ['a node pool of EKS Auto Mode', { 'aws:ec2:fleet-id': 'fleet-1', 'eks:kubernetes-node-pool-name': 'general-purpose', 'eks:eks-cluster-name': 'shop' },
    { kind: 'Karpenter node pool', name: 'shop/general-purpose', cluster: 'shop' }],
  ['a compute environment by its ARN', { 'aws:batch:compute-environment': 'arn:aws:batch:eu-west-1:111122223333:compute-environment/jobs' },
    { kind: 'Batch compute environment', name: 'jobs' }],
])('%s', (_, tags, launcher) => expect(launcherOf('i-1', tags)).toEqual(expect.objectContaining(launcher)));

test.each<[string, Tags, string]>([
  ['a node group', { 'aws:autoscaling:groupName': 'web', 'eks:cluster-name': 'shop', 'eks:nodegroup-name': 'quiet' }, 'Auto Scaling group'],
  ['another node group', { 'aws:autoscaling:groupName': `eks-loud-${UUID}`, 'eks:cluster-name': 'shop', 'eks:nodegroup-name': 'quiet' }, 'Auto Scaling group'],
  ['an environment', { 'aws:autoscaling:groupName': 'web', 'elasticbeanstalk:environment-id': 'e-1', 'elasticbeanstalk:environment-name': 'quiet' }, 'Auto Scaling group'],
  ['a node pool', { 'karpenter.sh/nodepool': 'quiet', 'eks:eks-cluster-name': 'shop' }, 'instance'],
  ['a node pool, in a group', { 'aws:autoscaling:groupName': 'web', 'aws:ec2:fleet-id': 'fleet-1', 'karpenter.sh/nodepool': 'quiet' }, 'Auto Scaling group'],
  ['a compute environment', { 'aws:autoscaling:groupName': 'AWSBatch-quiet-asg-1', 'AWSBatchServiceTag': 'batch' }, 'Auto Scaling group'],
])('tags that anybody can set do not make an instance one of %s', (_, tags, kind) => expect(launcherOf('i-1', tags).kind).toBe(kind));
