import { DAY } from '../model/day';
import { grouped } from '../model/grouped';
import type { CallingInstance, LauncherUsage, RegionUsage, UsageRecord } from './usage-record';

/** The names of stacks that Elastic Beanstalk creates for environments. */
const OF_BEANSTALK = /^awseb-/;

/** An account and Region that a collector monitors. */
export class WatchedRegion {
  public readonly account: string;
  public readonly region: string;
  public readonly launchers: readonly LauncherUsage[];
  private unlinkedByKind: ReadonlyMap<string, readonly LauncherUsage[]> | undefined;
  private byLogicalId: ReadonlyMap<string, readonly LauncherUsage[]> | undefined;

  public constructor(public readonly record: UsageRecord, public readonly usage: RegionUsage) {
    this.account = record.account;
    this.region = usage.region;
    this.launchers = usage.launchers;
  }

  /** Its name in a message. */
  public get title(): string {
    return `${this.region} in account ${this.account}`;
  }

  /** For how many days it was monitored without a gap. `undefined` if nothing was read yet. */
  public get daysWatched(): number | undefined {
    const { watchedSince, watchedUntil } = this.usage;
    if (watchedSince === undefined || watchedUntil === undefined) { return undefined; }
    return Math.max(0, Math.floor((Date.parse(watchedUntil) - Date.parse(watchedSince)) / DAY));
  }

  /** Whether it was last read more than a day before the record was written, so later launches are unknown. */
  public get isOutdated(): boolean {
    const { watchedUntil } = this.usage;
    return watchedUntil !== undefined && Date.parse(this.record.at) - Date.parse(watchedUntil) > DAY;
  }

  /** An instance that called and whose launcher is unknown, if there is one. */
  public get unattributed(): CallingInstance | undefined {
    return this.usage.unattributed[0];
  }

  /** The launchers that belong to a resource with this logical id, in any stack. */
  public named(logicalId: string): readonly LauncherUsage[] {
    this.byLogicalId ??= grouped(this.launchers.flatMap(launcher => launcher.resources.map(resource => [resource.logicalId, launcher] as const)));
    return this.byLogicalId.get(logicalId) ?? [];
  }

  /** The launchers of a kind that are not linked to a resource of a stack, or not yet to all of them. */
  public unlinked(kind: string): readonly LauncherUsage[] {
    const withoutStack = () => this.launchers.filter(({ resources, unresolved }) =>
      unresolved || resources.every(({ stackName }) => OF_BEANSTALK.test(stackName)));
    this.unlinkedByKind ??= grouped(withoutStack().map(launcher => [launcher.kind, launcher] as const));
    return this.unlinkedByKind.get(kind) ?? [];
  }
}
