import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { keeping } from '../custom-resource/keeping';
import { messageOf } from '../custom-resource/message-of';
import { accountRegions } from './account-regions';
import { type Changes, type ChangesByRegion, remembered } from './changes';
import { type Configuration, regionsMeant } from './configuration';
import { Convergence } from './converge';
import type { Defaults, Setting } from './defaults';
import { RegionDefaults } from './region-defaults';
import type { Situation } from './situation';
import { targetBeside, undoAll, type UndoneRegions } from './undo-regions';

/** The time in milliseconds that is reserved for Regions that are no longer wanted, and for taking changes back. */
const TIME_TO_TAKE_BACK = 120_000;
const TIME_TO_RESPOND = 60_000;

/** A creation or an update: it sets the defaults, and collects the changes. */
export class Deployment {
  /** The changes to remember, by Region. */
  public readonly changes: Map<string, Changes>;

  /** The messages to report. */
  public readonly words: string[] = [];

  /** The reasons why Regions do not have the wanted values. */
  public readonly failures = new Map<string, string>();
  public holding: readonly string[] = [];
  public skipped: readonly string[] = [];

  private readonly touched: RegionDefaults[] = [];

  /** @param failed the settings of the update that CloudFormation rolls back; empty if it does not */
  public constructor(
    private readonly configured: Configuration,
    former: ChangesByRegion,
    private readonly situation: Situation,
    private readonly failed: readonly Setting[],
  ) {
    this.changes = new Map(former);
  }

  /**
   * Sets the wanted values, and resets values that are no longer wanted. Values that cannot be set become failures. Values that cannot be reset stay,
   * and are remembered.
   *
   * Changes that make a Region weaker come last, so that they are skipped after a failure. In a rollback, each Region gets as far as it can.
   */
  public async run(whole: Context): Promise<void> {
    const context = keeping(whole, TIME_TO_TAKE_BACK);
    const { holding, skipped } = regionsMeant(this.configured, await eventually(async () => accountRegions(context), context));
    this.holding = holding;
    this.skipped = skipped;
    const all = holding.map(region => new Convergence(this.touch(region, context), this.configured.settings, this.changes.get(region) ?? new Map()));
    if (this.situation.isWayBack) {
      await this.each(all, async one => { await one.harden(); await this.loosen(one); });
    } else {
      await this.each(all, async one => one.harden());
      if (this.failures.size === 0) { await this.each(all, async one => this.loosen(one)); }
    }
    if (this.failures.size === 0) { await this.drop(keeping(whole, TIME_TO_RESPOND)); }
  }

  /** Resets values in Regions that are no longer wanted. Values that cannot be reset stay, and are remembered. */
  public async drop(context: Context): Promise<void> {
    const dropped = [...this.changes].filter(([region]) => !(this.configured.regions?.includes(region) ?? true));
    if (dropped.length === 0) { return; }
    const target = this.target();
    if (!target) { this.words.push(`${dropped.map(([region]) => region).join()}: not undone: ${this.situation.objection}`); return; }
    const { words, left } = await undoAll(dropped.map(([region, each]) => [this.touch(region, context), each]), target);
    this.words.push(...words);
    dropped.forEach(([region]) => { if (left.has(region)) { this.changes.set(region, left.get(region)!); } else { this.changes.delete(region); } });
  }

  /** Takes back the changes of this request. */
  public async takeBack(context: Context): Promise<UndoneRegions> {
    return undoAll(this.touched.map(({ region, written, unseen }) => {
      const defaults = new RegionDefaults(region, context);
      unseen.forEach(field => defaults.unseen.add(field));
      return [defaults, written];
    }));
  }

  /** Remembers the changes in Regions that did not get the wanted values. */
  public keep(): void {
    this.touched.filter(({ region }) => this.failures.has(region)).forEach(({ region, written }) => {
      this.changes.set(region, withWritten(this.changes.get(region) ?? new Map(), written));
    });
  }

  private async loosen(one: Convergence): Promise<void> {
    const { region } = one.defaults;
    const { objection, others } = this.situation;
    const { words, left } = await one.loosen(this.target(), objection);
    const unknown = one.unknown(this.failed);
    if (unknown) { this.words.push(`${region}: the failed update may have left ${unknown}`); }
    this.changes.set(region, one.remembered(left, (field, value) => others.before(region, field, value)));
    if (words) { this.words.push(`${region}: ${words}`); }
  }

  private async each(all: readonly Convergence[], step: (one: Convergence) => Promise<void>): Promise<void> {
    await Promise.all(all.map(async one => step(one).catch((error: unknown) => { this.failures.set(one.defaults.region, messageOf(error)); })));
  }

  private target() {
    const { objection, others, isWayBack } = this.situation;
    return objection ? undefined : targetBeside(others, isWayBack);
  }

  private touch(region: string, context: Context): RegionDefaults {
    const defaults = new RegionDefaults(region, context);
    this.touched.push(defaults);
    return defaults;
  }
}

/** The changes to remember after more changes. */
export function withWritten(changes: Changes, written: Changes): Changes {
  const before: Defaults = Object.fromEntries([...written].map(([field, change]) => [field, change.before]));
  return remembered(changes, [...written].map(([field, change]): Setting => [field, change.written]), before);
}
