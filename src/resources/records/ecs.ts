import { platformsAt, variableLists } from '../environment';
import { gap, named, paths, record } from '../record-builder';
import { wordsAt } from '../script-holder';
import { SERVICE_FIRST } from './governed-by';

const PROPAGATING = { path: 'ManagedInstancesProvider.PropagateTags', values: ['CAPACITY_PROVIDER'] };

const CAPACITY_PROVIDER = record('AWS::ECS::CapacityProvider', {
  watchedAs: 'ECS capacity provider',
  launchesFrom: {
    references: [named('AutoScalingGroupProvider.AutoScalingGroupArn', 'AWS::AutoScaling::AutoScalingGroup')],
    onNewVersion: 'in place',
  },
  gaps: [gap({ present: 'ManagedInstancesProvider' }, {
    governedBy: SERVICE_FIRST, source: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_InstanceLaunchTemplate.html',
  })],
  tagsOfManaged: { path: 'ManagedInstancesProvider.InstanceLaunchTemplate.InstanceMetadataTagsPropagation', byDefault: true, reachWith: PROPAGATING },
  instances: { tags: paths('Tags'), tagsOf: 'itself and its stacks', tagsReachWith: PROPAGATING },
  containers: { title: 'ECS capacity provider' },
});

const PLATFORMS = platformsAt('RequiresCompatibilities');

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html */
const TASK_DEFINITION = record('AWS::ECS::TaskDefinition', {
  isTemplate: true,
  scripts: wordsAt(PLATFORMS, { 'ContainerDefinitions[]': ['EntryPoint', 'Command'], 'ContainerDefinitions[].HealthCheck': ['Command'] }),
  environment: {
    places: [variableLists('ContainerDefinitions[]', { variables: 'Environment', secrets: 'Secrets', files: 'EnvironmentFiles' })],
    runsOn: PLATFORMS,
    operatingSystems: paths('RuntimePlatform.OperatingSystemFamily'),
    onNewVariables: { kind: 'new revision', effect: 'services that run it start new tasks' },
  },
});

export const ECS = [CAPACITY_PROVIDER];

export const ECS_SCRIPTS = [TASK_DEFINITION];
