import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { messageOf } from '../custom-resource/message-of';
import { accountRegions } from './account-regions';
import { type Changes, type ChangesByRegion, remembered } from './changes';
import { type Configuration, regionsMeant } from './configuration';
import { objectionTo } from './confirmed';
import { converge } from './converge';
import type { Defaults, Setting } from './defaults';
import type { Event } from './event';
import { RegionDefaults } from './region-defaults';
import { undoAll, undoRegions, type UndoneRegions } from './undo-regions';

/** One creation or update: what is set, and what was changed by it. */
export class Deployment {
  /** What is remembered of each Region. */
  public readonly changes: Map<string, Changes>;

  /** What is to be said. */
  public readonly words: string[] = [];

  /** Why Regions are not as wanted. */
  public readonly failures = new Map<string, string>();
  public holding: readonly string[] = [];
  public skipped: readonly string[] = [];

  private readonly touched: RegionDefaults[] = [];

  /** Why nothing must be undone that is remembered; empty where it may. */
  private objection = 'CloudFormation was not asked';

  public constructor(private readonly event: Event, private readonly configured: Configuration, former: ChangesByRegion) {
    this.changes = new Map(former);
  }

  /** Sets what is wanted, and undoes fields that are wanted no longer. What cannot be set is among the failures. */
  public async run(context: Context): Promise<void> {
    const { holding, skipped } = regionsMeant(this.configured, await eventually(async () => accountRegions(context), context));
    this.holding = holding;
    this.skipped = skipped;
    this.objection = this.drops() ? await objectionTo(this.event, context) : '';
    await Promise.all(holding.map(async region => this.converge(new RegionDefaults(region, context))));
  }

  /** Undoes what was changed in Regions that are meant no longer. What cannot be undone is left, and remembered. */
  public async drop(context: Context): Promise<void> {
    const dropped = this.dropped();
    if (dropped.size === 0) { return; }
    const { words, left } = this.objection
      ? { words: [`${[...dropped.keys()].join()}: left, ${this.objection}`], left: dropped }
      : await undoRegions(this.event, dropped, context);
    this.words.push(...words);
    [...dropped.keys()].filter(region => !left.has(region)).forEach(region => this.changes.delete(region));
  }

  /** Takes back what this request wrote. */
  public async takeBack(context: Context): Promise<UndoneRegions> {
    return undoAll(this.touched.map(({ region, written }) => [new RegionDefaults(region, context), written]));
  }

  /** Remembers what was written in Regions that are not as wanted all the same. */
  public keep(): void {
    for (const { region, written } of this.touched.filter(each => this.failures.has(each.region))) {
      const before: Defaults = Object.fromEntries([...written].map(([field, change]) => [field, change.before]));
      const settings = [...written].map(([field, change]): Setting => [field, change.written]);
      this.changes.set(region, remembered(this.changes.get(region) ?? new Map(), settings, before));
    }
  }

  private async converge(defaults: RegionDefaults): Promise<void> {
    const { region } = defaults;
    this.touched.push(defaults);
    try {
      const { changes, words } = await converge(defaults, this.configured.settings, this.changes.get(region) ?? new Map(), this.objection);
      this.changes.set(region, changes);
      if (words) { this.words.push(`${region}: ${words}`); }
    } catch (error) {
      this.failures.set(region, messageOf(error));
    }
  }

  /** Whether something is remembered that is wanted no longer. */
  private drops(): boolean {
    const isWanted = (field: string) => this.configured.settings.some(([name]) => name === field);
    return this.dropped().size > 0 || this.holding.some(region => [...this.changes.get(region)?.keys() ?? []].some(field => !isWanted(field)));
  }

  /** What is remembered of Regions that are meant no longer. */
  private dropped(): ChangesByRegion {
    return new Map([...this.changes].filter(([region]) => !(this.configured.regions?.includes(region) ?? true)));
  }
}
