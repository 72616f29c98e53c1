import { platformsAt, variableLists } from '../environment';
import { FARGATE } from '../fargate';
import { gap, paths, record, template } from '../record-builder';
import { wordsAt } from '../script-holder';
import { REGIONAL } from './governed-by';

/** An environment without instances. */
const ON_FARGATE = { path: 'ComputeResources.Type', values: [FARGATE, `${FARGATE}_SPOT`] };

/**
 * An environment whose instances ECS launches and manages. It cannot have a launch template.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/ecs-managed-instances-compute-environments.html
 */
const OF_MANAGED_INSTANCES = { path: 'ComputeResources.Type', values: ['ECS_MANAGED_INSTANCES'] };

const MANAGED = 'ComputeResources.ManagedInstancesProvider';

const COMPUTE_ENVIRONMENT = record('AWS::Batch::ComputeEnvironment', {
  watchedAs: 'Batch compute environment',
  launchesFrom: {
    references: [template('ComputeResources.LaunchTemplate'), template('ComputeResources.LaunchTemplate.Overrides[]')],
    onNewVersion: 'in place',
    evaluatesOnce: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_LaunchTemplateSpecification.html',
  },
  gaps: [gap({ present: 'ComputeResources', absent: 'ComputeResources.LaunchTemplate', unless: ON_FARGATE }, {
    governedBy: REGIONAL,
    remedy: 'set ComputeResources.LaunchTemplate to your own launch template',
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

const PLATFORMS = platformsAt('PlatformCapabilities');

/** The containers of a job, and those of each group of nodes. */
const JOBS = ['', 'NodeProperties.NodeRangeProperties[].'];

/** @see https://docs.aws.amazon.com/batch/latest/userguide/job_definition_parameters.html */
const JOB_DEFINITION = record('AWS::Batch::JobDefinition', {
  isTemplate: true,
  scripts: wordsAt(PLATFORMS, {
    'ContainerProperties': ['Command'],
    'NodeProperties.NodeRangeProperties[].Container': ['Command'],
    'EcsProperties.TaskProperties[].Containers[]': ['Command'],
    'EksProperties.PodProperties.Containers[]': ['Command', 'Args'],
  }),
  environment: {
    places: JOBS.flatMap(job => [
      variableLists(job === '' ? 'ContainerProperties' : `${job}Container`, { variables: 'Environment', secrets: 'Secrets' }),
      variableLists(`${job}EcsProperties.TaskProperties[].Containers[]`, { variables: 'Environment', secrets: 'Secrets' }),
      variableLists(`${job}EksProperties.PodProperties.Containers[]`, { variables: 'Env' }),
      variableLists(`${job}EksProperties.PodProperties.InitContainers[]`, { variables: 'Env' }),
    ]),
    runsOn: PLATFORMS,
    operatingSystems: paths('ContainerProperties.RuntimePlatform.OperatingSystemFamily', 'EcsProperties.TaskProperties[].RuntimePlatform.OperatingSystemFamily'),
    onNewVariables: {
      kind: 'new revision',
      effect: 'deregisters the old one: jobs that are submitted by its revision number fail, unless SkipDeregisterOnUpdate is set',
      keptBy: { path: ['ResourceRetentionPolicy', 'SkipDeregisterOnUpdate'], effect: 'jobs that are submitted by name use it' },
    },
  },
});

export const BATCH = [COMPUTE_ENVIRONMENT];

export const BATCH_SCRIPTS = [JOB_DEFINITION];
