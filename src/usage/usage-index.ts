import type { DeployedName } from '../model/deployed-name';
import { grouped } from '../model/grouped';
import { isCutNameOf, isCutOnTheWay, knownPartOf, knownPartOfStack, mayBeCut } from './stack-names';
import type { LauncherUsage, UsageRecord } from './usage-record';
import { WatchedRegion } from './watched-region';

/** A launcher, and its account and Region. */
export interface SeenLauncher {
  readonly launcher: LauncherUsage;
  readonly region: WatchedRegion;
}

/** The data of an app about one of its resources. */
export interface KnownPlace {
  /** The possible names of its stack. */
  readonly stacks: readonly DeployedName[];
  readonly logicalId: string;
  /** The account and the Region, if they are known. */
  readonly account?: string;
  readonly region?: string;
}

/** The data of the records about a resource of an app. */
export interface PlaceUsage {
  /** The accounts and Regions that the resource can be in, if they are monitored. */
  readonly regions: readonly WatchedRegion[];
  readonly seen: readonly SeenLauncher[];
  /** The launchers of its stack. */
  neighbours(): readonly SeenLauncher[];
}

/** A stack in an account and Region. */
interface SeenStack {
  readonly name: string;
  readonly region: WatchedRegion;
  readonly byLogicalId: ReadonlyMap<string, readonly SeenLauncher[]>;
  readonly launchers: readonly SeenLauncher[];
}

/** Finds the usage of a resource in the records, with an index. */
export class UsageIndex {
  /** Each monitored account and Region, in the order of their names. */
  public readonly regions: readonly WatchedRegion[];
  private readonly byPlace: ReadonlyMap<string, WatchedRegion>;
  private readonly byStack: ReadonlyMap<string, readonly SeenStack[]>;
  private readonly cut: readonly SeenStack[];

  /** If several records cover one account and Region, the newest one counts. */
  public constructor(records: readonly UsageRecord[]) {
    this.byPlace = new Map(inTime(records).flatMap(watchedBy).map(region => [keyOf(region.account, region.region), region]));
    this.regions = [...this.byPlace].sort(([one], [other]) => one < other ? -1 : 1).map(([, region]) => region);
    const stacks = this.regions.flatMap(stacksIn);
    this.byStack = grouped(stacks.map(stack => [knownPartOf(stack.name), stack] as const));
    this.cut = stacks.filter(({ name }) => mayBeCut(name));
  }

  /** The usage of a resource. If its account or Region is unknown, all of them count in which its stack was seen. */
  public of(place: KnownPlace): PlaceUsage {
    const { account, region, logicalId } = place;
    const stacks = place.stacks.flatMap(stack => this.deployed(stack)).filter(seen => isIn(seen.region, place));
    const seen = [...new Set(stacks.flatMap(({ byLogicalId }) => byLogicalId.get(logicalId) ?? []))];
    const neighbours = () => stacks.flatMap(({ launchers }) => launchers);
    if (account === undefined || region === undefined) { return { regions: [...new Set(stacks.map(stack => stack.region))], seen, neighbours }; }
    const watched = this.byPlace.get(keyOf(account, region));
    return { regions: watched ? [watched] : [], seen, neighbours };
  }

  private deployed(stack: DeployedName): readonly SeenStack[] {
    const whole = this.byStack.get(knownPartOfStack(stack)) ?? [];
    return isCutOnTheWay(stack) ? [...whole, ...this.cut.filter(({ name }) => isCutNameOf(name, stack))] : whole;
  }
}

function inTime(records: readonly UsageRecord[]): readonly UsageRecord[] {
  return [...records].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

function watchedBy(record: UsageRecord): readonly WatchedRegion[] {
  return record.regions.map(region => new WatchedRegion(record, region));
}

function stacksIn(region: WatchedRegion): readonly SeenStack[] {
  const resources = region.launchers.flatMap(launcher => {
    const seen = { launcher, region };
    return launcher.resources.map(({ stackName, logicalId }) => [stackName, [logicalId, seen] as const] as const);
  });
  return [...grouped(resources)].map(([name, all]) => {
    const launchers = [...new Set(all.map(([, seen]) => seen))];
    return { name, region, byLogicalId: grouped(all), launchers };
  });
}

function isIn(watched: WatchedRegion, { account, region }: KnownPlace): boolean {
  return (account === undefined || watched.account === account) && (region === undefined || watched.region === region);
}

function keyOf(account: string, region: string): string {
  return `${account} ${region}`;
}
