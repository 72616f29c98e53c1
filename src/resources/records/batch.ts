import { gap, paths, record, template } from '../record-builder';
import { REGIONAL } from './governed-by';

/** An environment without instances. */
const ON_FARGATE = { path: 'ComputeResources.Type', values: ['FARGATE', 'FARGATE_SPOT'] };

const COMPUTE_ENVIRONMENT = record('AWS::Batch::ComputeEnvironment', {
  launchesFrom: {
    references: [template('ComputeResources.LaunchTemplate'), template('ComputeResources.LaunchTemplate.Overrides[]')],
    onNewVersion: 'in place',
    evaluatesOnce: true,
  },
  gaps: [gap({ present: 'ComputeResources', absent: 'ComputeResources.LaunchTemplate', unless: ON_FARGATE }, {
    governedBy: REGIONAL,
    remedy: 'set ComputeResources.LaunchTemplate to a launch template of your own',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/launch-templates.html',
  })],
  instances: {
    instanceTypes: paths('ComputeResources.InstanceTypes[]'),
    takesFamilies: true,
    subnets: paths('ComputeResources.Subnets[]'),
    tagMaps: paths('ComputeResources.Tags'),
    images: paths('ComputeResources.ImageId', 'ComputeResources.Ec2Configuration[].ImageIdOverride'),
    access: paths('ComputeResources.Ec2KeyPair', 'ComputeResources.InstanceRole'),
  },
  containers: { title: 'Batch compute environment', unless: ON_FARGATE },
});

export const BATCH = [COMPUTE_ENVIRONMENT];
