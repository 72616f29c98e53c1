import { FARGATE } from './fargate';
import { parsePath } from './path';

/** The environment variables of the programs that a resource runs. */
export interface Environment {
  readonly places: readonly VariablePlace[];
  readonly runsOn: ContainerPlatforms | ServiceHost;
  /** The properties with the operating system, if it is not always Linux. */
  readonly operatingSystems: readonly (readonly string[])[];
  /** What a deployment does when variables change. Missing if nobody notices it. */
  readonly onNewVariables?: NewRevision | NewFunctionVersion;
}

/** A type that launches nothing and has no scripts, but runs programs with environment variables. */
export interface ProgramRecord {
  readonly type: string;
  readonly environment: Environment;
}

/** A place with environment variables. */
export type VariablePlace = VariableLists | VariableMap;

/** Variables as a list of objects with a name and a value. */
export interface VariableLists {
  readonly kind: 'lists';
  /** The container or build that has the lists. */
  readonly path: readonly string[];
  /** The property with the variables. */
  readonly variables: string;
  /** The property with the secret variables. A name must not be in both lists. */
  readonly secrets?: string;
  /** The property with references to files that contain more variables. */
  readonly files?: string;
}

/** Variables as an object with a value for each name. */
export interface VariableMap {
  readonly kind: 'map';
  readonly path: readonly string[];
  /** The maximum size of the object, as JSON. */
  readonly mostBytes: number;
}

/** The platforms of containers. On a platform without instances, a program has no instance role. */
export interface ContainerPlatforms {
  readonly kind: 'platforms';
  /** The property that names them. */
  readonly path: readonly string[];
  readonly withoutInstances: string;
}

/** A host of the service, where a program has no instance role. */
export interface ServiceHost {
  readonly kind: 'service';
  /** The values of a property with which the host may be an instance. */
  readonly instancesWith?: { readonly path: readonly string[]; readonly pattern: RegExp };
  /** Whether CloudFront can run the programs at the edge, where they cannot have variables. */
  readonly canBeAtEdge?: true;
}

/** A deployment registers a new revision. */
export interface NewRevision {
  readonly kind: 'new revision';
  /** What happens to running and later programs, as text. */
  readonly effect: string;
  /** The property that keeps the old revision, and what happens then. */
  readonly keptBy?: { readonly path: readonly string[]; readonly effect: string };
}

/** A deployment publishes a new version of a function that publishes versions. */
export interface NewFunctionVersion {
  readonly kind: 'new function version';
  /** The property that makes a function publish versions. A construct of CDK can do so for every type. */
  readonly publishedBy?: readonly string[];
}

/** The platforms of containers that Fargate can run. */
export function platformsAt(path: string): ContainerPlatforms {
  return { kind: 'platforms', path: parsePath(path), withoutInstances: FARGATE };
}

/** Lists of variables in containers or builds. */
export function variableLists(path: string, lists: Omit<VariableLists, 'kind' | 'path'>): VariableLists {
  return { kind: 'lists', path: parsePath(path), ...lists };
}
