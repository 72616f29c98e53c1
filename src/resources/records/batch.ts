import { gap, paths, record, template } from '../record-builder';
import { FARGATE } from './fargate';
import { REGIONAL } from './governed-by';

/** An environment without instances. */
const ON_FARGATE = { path: 'ComputeResources.Type', values: [FARGATE, `${FARGATE}_SPOT`] };

/**
 * An environment whose instances ECS launches and manages: it takes no launch template.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/ecs-managed-instances-compute-environments.html
 */
const OF_MANAGED_INSTANCES = { path: 'ComputeResources.Type', values: ['ECS_MANAGED_INSTANCES'] };

const MANAGED = 'ComputeResources.ManagedInstancesProvider';

const COMPUTE_ENVIRONMENT = record('AWS::Batch::ComputeEnvironment', {
  launchesFrom: {
    references: [template('ComputeResources.LaunchTemplate'), template('ComputeResources.LaunchTemplate.Overrides[]')],
    onNewVersion: 'in place',
    evaluatesOnce: true,
  },
  gaps: [gap({ present: 'ComputeResources', absent: 'ComputeResources.LaunchTemplate', unless: ON_FARGATE }, {
    governedBy: REGIONAL,
    remedy: 'set ComputeResources.LaunchTemplate to a launch template of your own',
    remedyUnless: OF_MANAGED_INSTANCES,
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/launch-templates.html',
  })],
  tagsOfManaged: {
    path: `${MANAGED}.InstanceLaunchTemplate.InstanceMetadataTagsPropagation`,
    byDefault: false,
    reachWith: { path: `${MANAGED}.PropagateTags`, values: ['CAPACITY_PROVIDER'] },
  },
  instances: {
    instanceTypes: paths('ComputeResources.InstanceTypes[]'),
    takesFamilies: true,
    subnets: paths('ComputeResources.Subnets[]'),
    tagMaps: paths('ComputeResources.Tags', 'ComputeResources.CapacityTags'),
    images: paths('ComputeResources.ImageId', 'ComputeResources.Ec2Configuration[].ImageIdOverride'),
    access: paths('ComputeResources.Ec2KeyPair', 'ComputeResources.InstanceRole'),
  },
  containers: { title: 'Batch compute environment', unless: ON_FARGATE },
});

export const BATCH = [COMPUTE_ENVIRONMENT];
