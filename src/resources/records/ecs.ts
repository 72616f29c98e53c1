import { gap, named, record } from '../record-builder';
import { REGIONAL } from './governed-by';

const CAPACITY_PROVIDER = record('AWS::ECS::CapacityProvider', {
  launchesFrom: {
    references: [named('AutoScalingGroupProvider.AutoScalingGroupArn', 'AWS::AutoScaling::AutoScalingGroup')],
    onNewVersion: 'in place',
  },
  gaps: [gap({ present: 'ManagedInstancesProvider' }, {
    governedBy: REGIONAL, source: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_InstanceLaunchTemplate.html',
  })],
  containers: { title: 'ECS capacity provider' },
});

export const ECS = [CAPACITY_PROVIDER];
