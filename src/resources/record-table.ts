import { NETWORK, PROGRAMS, RECORDS, SCRIPTS } from './all-records';
import type { Environment, ProgramRecord } from './environment';
import type { InstanceFacts, NetworkRecord, ResourceRecord } from './record';
import { NO_FACTS } from './record-builder';

/** Records by their types. */
export class RecordTable {
  /** All records. */
  public static readonly DEFAULT = new RecordTable([...RECORDS, ...SCRIPTS], NETWORK, PROGRAMS);

  private readonly byType: ReadonlyMap<string, ResourceRecord>;
  private readonly named: ReadonlySet<string>;
  private readonly boundToReleases: ReadonlySet<string>;
  private readonly network: ReadonlyMap<string, NetworkRecord>;
  private readonly programs: ReadonlyMap<string, ProgramRecord>;

  public constructor(records: readonly ResourceRecord[], network: readonly NetworkRecord[], programs: readonly ProgramRecord[]) {
    this.byType = new Map(records.map(record => [record.type, record]));
    this.named = targetsOf(records);
    this.boundToReleases = targetsOf(records.filter(({ releases }) => releases));
    this.network = new Map(network.map(record => [record.type, record]));
    this.programs = new Map(programs.map(record => [record.type, record]));
  }

  /** The record of a type, if there is one. */
  public of(type: string): ResourceRecord | undefined {
    return this.byType.get(type);
  }

  /** The facts of a type that contains instances. */
  public networkOf(type: string): NetworkRecord | undefined {
    return this.network.get(type);
  }

  /** The environment variables of the programs of a type. */
  public environmentOf(type: string): Environment | undefined {
    return (this.of(type) ?? this.programs.get(type))?.environment;
  }

  /** Whether launchers of a type have releases, and old releases cannot require tokens. */
  public isBoundToReleases(type: string): boolean {
    return this.boundToReleases.has(type);
  }

  /** Whether launchers may name a resource of a type. */
  public isNamed(type: string): boolean {
    return this.named.has(type);
  }
}

/** The types that records launch from. */
function targetsOf(records: readonly ResourceRecord[]): ReadonlySet<string> {
  return new Set(records.flatMap(({ launchesFrom }) => launchesFrom?.references ?? []).map(({ target }) => target));
}

/** The record of a CloudFormation type, or `undefined` where it has nothing to do with instance metadata. */
export function recordOf(type: string): ResourceRecord | undefined {
  return RecordTable.DEFAULT.of(type);
}

/** The properties that describe the instances of a type. */
export function instancesOf(type: string): InstanceFacts {
  return RecordTable.DEFAULT.of(type)?.instances ?? NO_FACTS;
}

/** The record of a type that launches nothing, but shows whether instances have IPv6. */
export function networkRecordOf(type: string): NetworkRecord | undefined {
  return RecordTable.DEFAULT.networkOf(type);
}

/** The environment variables of the programs of a type, if the template can set them. */
export function environmentOf(type: string): Environment | undefined {
  return RecordTable.DEFAULT.environmentOf(type);
}

/** Whether launchers of a resource of this type have releases, and old releases cannot require tokens. */
export function isBoundToReleases(type: string): boolean {
  return RecordTable.DEFAULT.isBoundToReleases(type);
}

/** Whether a resource of this type launches instances, or defines how others do. Some types only contain scripts that run on them. */
export function hasToDoWithLaunches(type: string): boolean {
  const known = RecordTable.DEFAULT.of(type);
  return known !== undefined && !(known.isTemplate && known.carriers.length === 0);
}

/** Whether launchers may name a resource of this type. */
export function isNamedByLaunchers(type: string): boolean {
  return RecordTable.DEFAULT.isNamed(type);
}

/** Whether resources of a type can show containers on the instances of others. The user data of an instance is only about that instance. */
export function isAboutOthers({ type, containers, hasOwnOptions }: ResourceRecord): boolean {
  return containers !== undefined || !hasOwnOptions || isNamedByLaunchers(type);
}

/** Whether the elements of a list at a path of this type are launch overrides. */
export function isListOfLaunchOverrides(type: string, path: readonly string[]): boolean {
  return instancesOf(type).launchOverrides.some(other => other.join('.') === path.join('.'));
}
