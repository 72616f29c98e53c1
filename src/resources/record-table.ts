import type { InstanceFacts, ResourceRecord } from './record';
import { NO_FACTS } from './record-builder';
import { RECORDS } from './records';

/** Records by their types. */
export class RecordTable {
  private readonly byType: ReadonlyMap<string, ResourceRecord>;
  private readonly named: ReadonlySet<string>;

  public constructor(public readonly records: readonly ResourceRecord[]) {
    this.byType = new Map(records.map(record => [record.type, record]));
    this.named = new Set(records.flatMap(({ launchesFrom }) => launchesFrom?.references ?? []).map(({ target }) => target));
  }

  /** The record of a type, if there is one. */
  public of(type: string): ResourceRecord | undefined {
    return this.byType.get(type);
  }

  /** Whether launchers may name a resource of a type. */
  public isNamed(type: string): boolean {
    return this.named.has(type);
  }
}

/** All that is known. */
export const TABLE = new RecordTable(RECORDS);

/** The record of a CloudFormation type, or `undefined` where it has nothing to do with instance metadata. */
export function recordOf(type: string): ResourceRecord | undefined {
  return TABLE.of(type);
}

/** Where a type says what its instances are like. */
export function instancesOf(type: string): InstanceFacts {
  return TABLE.of(type)?.instances ?? NO_FACTS;
}

/** Whether launchers may name a resource of this type. */
export function isNamedByLaunchers(type: string): boolean {
  return TABLE.isNamed(type);
}

/** Whether a resource of this type says metadata options itself, beside what it launches from. */
export function hasOptionsOfItsOwn(type: string): boolean {
  return TABLE.of(type)?.carriers.some(({ inherits }) => !inherits) ?? false;
}
