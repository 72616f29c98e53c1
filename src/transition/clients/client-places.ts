import type { LaunchResource } from '../../launch/world';
import { isAbsent } from '../../model/intrinsics';
import { FARGATE } from '../../resources/fargate';
import { parsePath } from '../../resources/path';
import type { ClientEnvironment, ClientVariable } from './client-environment';
import type { SettingsVisitor } from './client-notes';
import type { EdgeFunctions } from './edge-functions';
import { UserDataVisitor } from './user-data-visitor';
import type { VariableLists } from './variable-list-visitor';
import { VariableListVisitor } from './variable-list-visitor';
import { VariableMapVisitor } from './variable-map-visitor';

/**
 * What a deployment does with a resource after settings were written into it.
 *
 * - `in place`: nothing.
 * - `new function version`: nothing. A function that publishes versions publishes another one.
 * - `new revision`: newly started tasks and jobs have the settings. A service restarts all its tasks.
 * - `new version`: newly launched instances have the settings. A launcher can replace its instances.
 * - `restart`, `replacement`: it restarts the instance, or replaces the resource.
 */
export type DeployEffect = 'in place' | 'new function version' | 'new revision' | 'new version' | 'restart' | 'replacement';

/** A place where settings are written. */
export interface ClientPlace {
  readonly path: readonly string[];
  readonly effect: DeployEffect;
  /** Whether the place is written only on request. */
  readonly onRequest?: true;
  visitor(variables: readonly ClientVariable[], resource: LaunchResource): SettingsVisitor;
}

/** The places of a resource type. */
export interface ClientPlaces {
  readonly places: readonly ClientPlace[];
  /** Whether nothing in the resource has an instance role. */
  readonly hasNoRole?: true;
  /** Returns the variables for a resource. */
  given(environment: ClientEnvironment, resource: LaunchResource, edge: EdgeFunctions): GivenVariables;
}

/** The variables for a resource, and why it does not get those for places without an instance role. */
export interface GivenVariables {
  readonly variables: readonly ClientVariable[];
  readonly because?: string;
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MOST_BYTES_OF_LAMBDA = 4096;

const TABLE: { readonly [type: string]: ClientPlaces } = {
  'AWS::EC2::Instance': onInstances(userData('UserData', 'restart', resource => !has(resource, 'LaunchTemplate'))),
  'AWS::EC2::LaunchTemplate': onInstances(userData('LaunchTemplateData.UserData', 'new version')),
  'AWS::AutoScaling::LaunchConfiguration': onInstances(userData('UserData', 'new version')),
  'AWS::EC2::EC2Fleet': onInstances(
    userData('LaunchTemplateConfigs[].LaunchTemplateSpecification.LaunchTemplateSpecificationUserData', 'replacement', () => false),
  ),
  'AWS::EC2::SpotFleet': onInstances(userData('SpotFleetRequestConfigData.LaunchSpecifications[].UserData', 'replacement')),
  'AWS::WorkspacesInstances::WorkspaceInstance': onInstances(userData('ManagedInstance.UserData', 'replacement')),

  'AWS::ECS::TaskDefinition': {
    places: [list('ContainerDefinitions[]', 'new revision', { variables: 'Environment', secrets: 'Secrets', files: 'EnvironmentFiles' })],
    given: (environment, resource) => inContainers(environment, resource, 'RequiresCompatibilities'),
  },
  'AWS::Batch::JobDefinition': {
    places: ['', 'NodeProperties.NodeRangeProperties[].'].flatMap(prefix => [
      list(`${prefix}${prefix === '' ? 'ContainerProperties' : 'Container'}`, 'new revision', { variables: 'Environment', secrets: 'Secrets' }),
      list(`${prefix}EcsProperties.TaskProperties[].Containers[]`, 'new revision', { variables: 'Environment', secrets: 'Secrets' }),
      list(`${prefix}EksProperties.PodProperties.Containers[]`, 'new revision', { variables: 'Env' }),
      list(`${prefix}EksProperties.PodProperties.InitContainers[]`, 'new revision', { variables: 'Env' }),
    ]),
    given: (environment, resource) => inContainers(environment, resource, 'PlatformCapabilities'),
  },

  'AWS::Lambda::Function': withoutRole(functionVariables(), (resource, edge) => edge.reasonAgainst(resource)),
  'AWS::Serverless::Function': withoutRole(functionVariables(), (resource, edge) => edge.reasonAgainst(resource)),
  'AWS::CodeBuild::Project': withoutRole(
    list('Environment', 'in place', { variables: 'EnvironmentVariables' }), resource => mayBeOnInstance(resource) ? 'it may build on an instance' : undefined,
  ),
};

/** The places of a resource type. `undefined` if it runs no clients. */
export function clientPlacesOf(type: string): ClientPlaces | undefined {
  return Object.hasOwn(TABLE, type) ? TABLE[type] : undefined;
}

function onInstances(...places: readonly ClientPlace[]): ClientPlaces {
  return { places, given: environment => ({ variables: environment.onInstances }) };
}

/** A place without an instance role, unless the resource cannot be written. */
function withoutRole(place: ClientPlace, reasonAgainst: (resource: LaunchResource, edge: EdgeFunctions) => string | undefined): ClientPlaces {
  return {
    places: [place],
    hasNoRole: true,
    given: (environment, resource, edge) => {
      const because = environment.isOffWithoutRole ? reasonAgainst(resource, edge) : undefined;
      return because === undefined ? { variables: environment.withoutRole } : { variables: [], because };
    },
  };
}

function userData(path: string, effect: DeployEffect, isNeeded: (resource: LaunchResource) => boolean = () => true): ClientPlace {
  return {
    path: parsePath(path),
    effect,
    ...effect === 'restart' || effect === 'replacement' ? { onRequest: true } : {},
    visitor: (variables, resource) => new UserDataVisitor(variables, isNeeded(resource)),
  };
}

function list(path: string, effect: DeployEffect, lists: VariableLists): ClientPlace {
  return { path: parsePath(path), effect, visitor: (variables, resource) => new VariableListVisitor(lists, variables, mayRunOnWindows(resource)) };
}

function functionVariables(): ClientPlace {
  return { path: ['Environment', 'Variables'], effect: 'new function version', visitor: variables => new VariableMapVisitor(variables, MOST_BYTES_OF_LAMBDA) };
}

/** Software that runs only on Fargate has no instance role. Software that can also run elsewhere may have one. */
function inContainers(environment: ClientEnvironment, resource: LaunchResource, property: string): GivenVariables {
  if (!environment.isOffWithoutRole) { return { variables: environment.onInstances }; }
  const platforms = resource.valuesAt([property]).flatMap(value => isAbsent(value) ? [] : value);
  if (platforms.length > 0 && platforms.every(platform => platform === FARGATE)) { return { variables: environment.inContainersWithoutRole }; }
  const isKnown = platforms.every(platform => typeof platform === 'string');
  return { variables: environment.onInstances, because: isKnown ? undefined : `${property} is only known at deployment` };
}

/** The property with the operating system of a task, a job or a build. */
const SYSTEMS = ['RuntimePlatform.OperatingSystemFamily', 'ContainerProperties.RuntimePlatform.OperatingSystemFamily',
  'EcsProperties.TaskProperties[].RuntimePlatform.OperatingSystemFamily', 'Environment.Type'].map(parsePath);

function mayRunOnWindows(resource: LaunchResource): boolean {
  return SYSTEMS.some(path => resource.valuesAt(path).some(system => !isAbsent(system) && !(typeof system === 'string' && !/^windows/i.test(system))));
}

/** Whether CodeBuild may run builds on an instance, and not in a container. */
function mayBeOnInstance(resource: LaunchResource): boolean {
  return resource.valuesAt(['Environment', 'Type']).some(type => typeof type !== 'string' || /_EC2$|^MAC_/.test(type));
}

function has(resource: LaunchResource, property: string): boolean {
  return resource.valuesAt([property]).some(value => !isAbsent(value));
}

