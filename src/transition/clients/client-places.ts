import type { LaunchResource } from '../../launch/world';
import { isAbsent } from '../../model/intrinsics';
import type { ContainerPlatforms, Environment, ServiceHost, VariablePlace } from '../../resources/environment';
import type { ResourceRecord } from '../../resources/record';
import { environmentOf, recordOf } from '../../resources/record-table';
import type { ClientEnvironment, ClientVariable } from './client-environment';
import type { SettingsVisitor } from './client-notes';
import type { EdgeFunctions } from './edge-functions';
import { UserDataVisitor } from './user-data-visitor';
import { VariableListVisitor } from './variable-list-visitor';
import { VariableMapVisitor } from './variable-map-visitor';

/** A place where settings are written: user data, or environment variables. */
export interface ClientPlace {
  readonly path: readonly string[];
  /** What a deployment does with the instances of the resource itself. A template has none. */
  readonly interruption?: 'restart' | 'replacement';
  visitor(variables: readonly ClientVariable[], resource: LaunchResource): SettingsVisitor;
}

/** The places of a resource type. */
export interface ClientPlaces {
  readonly places: readonly ClientPlace[];
  /** Its environment variables, if the places have them. Else the places are user data. */
  readonly environment?: Environment;
  /** Whether nothing in the resource has an instance role. */
  readonly hasNoRole: boolean;
  /** Returns the variables for a resource. */
  given(environment: ClientEnvironment, resource: LaunchResource, edge: EdgeFunctions): GivenVariables;
}

/** The variables for a resource, and why it does not get those for places without an instance role. */
export interface GivenVariables {
  readonly variables: readonly ClientVariable[];
  readonly because?: string;
}

/** The places of a resource type. `undefined` if it runs no clients. */
export function clientPlacesOf(type: string): ClientPlaces | undefined {
  const environment = environmentOf(type);
  if (environment) { return inEnvironment(environment); }
  const record = recordOf(type);
  return record && record.instances.userData.length > 0 ? inUserData(record) : undefined;
}

/** Programs on instances get their settings from user data. */
function inUserData(record: ResourceRecord): ClientPlaces {
  const { isTemplate, instances: { userData, onNewUserData } } = record;
  const interruption = isTemplate || onNewUserData === 'new version' ? undefined : onNewUserData;
  return {
    places: userData.map(path => ({
      path,
      interruption,
      visitor: (variables, resource) => new UserDataVisitor(variables, !namesTemplate(resource, record)),
    })),
    hasNoRole: false,
    given: environment => ({ variables: environment.onInstances }),
  };
}

function inEnvironment(environment: Environment): ClientPlaces {
  const { places, runsOn } = environment;
  return {
    places: places.map(place => ({ path: place.path, visitor: (variables, resource) => visitorOf(place, variables, environment, resource) })),
    environment,
    hasNoRole: runsOn.kind === 'service',
    given: runsOn.kind === 'service'
      ? (wanted, resource, edge) => onService(wanted, resource, runsOn, edge)
      : (wanted, resource) => onPlatforms(wanted, resource, runsOn),
  };
}

function visitorOf(place: VariablePlace, variables: readonly ClientVariable[], environment: Environment, resource: LaunchResource): SettingsVisitor {
  switch (place.kind) {
    case 'lists': return new VariableListVisitor(place, variables, mayRunOnWindows(resource, environment));
    case 'map': return new VariableMapVisitor(variables, place.mostBytes);
  }
}

/** Software on a host of the service has no instance role, unless the host may be an instance after all. */
function onService(wanted: ClientEnvironment, resource: LaunchResource, host: ServiceHost, edge: EdgeFunctions): GivenVariables {
  const because = wanted.isOffWithoutRole ? reasonAgainst(host, resource, edge) : undefined;
  return because === undefined ? { variables: wanted.withoutRole } : { variables: [], because };
}

function reasonAgainst({ instancesWith, canBeAtEdge }: ServiceHost, resource: LaunchResource, edge: EdgeFunctions): string | undefined {
  const mayBeOnInstance = instancesWith && resource.valuesAt(instancesWith.path).some(value => typeof value !== 'string' || instancesWith.pattern.test(value));
  if (mayBeOnInstance) { return 'it may run on an instance'; }
  return canBeAtEdge ? edge.reasonAgainst(resource) : undefined;
}

/** Software that runs only on Fargate has no instance role. Software that can also run elsewhere may have one. */
function onPlatforms(wanted: ClientEnvironment, resource: LaunchResource, { path, withoutInstances }: ContainerPlatforms): GivenVariables {
  if (!wanted.isOffWithoutRole) { return { variables: wanted.onInstances }; }
  const platforms = resource.valuesAt(path).flatMap(value => isAbsent(value) ? [] : value);
  if (platforms.length > 0 && platforms.every(platform => platform === withoutInstances)) { return { variables: wanted.inContainersWithoutRole }; }
  const isKnown = platforms.every(platform => typeof platform === 'string');
  return { variables: wanted.onInstances, because: isKnown ? undefined : `${path.join('.')} is only known at deployment` };
}

function mayRunOnWindows(resource: LaunchResource, { operatingSystems }: Environment): boolean {
  return operatingSystems.some(path => resource.valuesAt(path).some(system => !isAbsent(system) && !(typeof system === 'string' && !/^windows/i.test(system))));
}

/** Whether the resource names a template, which may have user data. */
function namesTemplate(resource: LaunchResource, { launchesFrom }: ResourceRecord): boolean {
  return launchesFrom?.references.some(({ segments }) => resource.valuesAt(segments).some(value => !isAbsent(value))) ?? false;
}
