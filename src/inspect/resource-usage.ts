import type { Launch, LaunchGraph } from '../launch/launch-graph';
import type { LaunchResource } from '../launch/world';
import { Memo } from '../model/memo';
import { listed } from '../model/words';
import type { PlaceUsage, SeenLauncher, UsageIndex } from '../usage/usage-index';
import type { LauncherKind, LauncherState, LauncherUsage } from '../usage/usage-record';
import type { WatchedRegion } from '../usage/watched-region';

/** What usage records say of everything that is launched by, or from, a resource. */
export interface ResourceUsage {
  /** The worst state among its launchers; `ready` where nothing runs. */
  readonly state: LauncherState;
  /** Why it is in this state, in words. */
  readonly because: string;
  readonly seen: readonly SeenLauncher[];
  readonly doubts: readonly UsageDoubt[];
  /** Whether it may require IMDSv2, as far as all of that goes. */
  readonly mayRequire: boolean;
}

/** Why too little is known of a resource. */
export interface UsageDoubt {
  /** The resource, by its path. */
  readonly resource: string;
  readonly reason: string;
}

/** States, the one that counts most first. */
const PRECEDENCE: readonly LauncherState[] = ['broken', 'in use', 'unknown', 'ready', 'required'];

/** Finds what usage records say of the resources of an app: by stack and logical id, and by who launches from what. */
export class ResourceUsages {
  private readonly places = new Memo((resource: LaunchResource) => this.lookUp(resource));
  /** What came from a source by the records, and is none of the launchers that the app knows. */
  private readonly unclaimed = new Memo((source: LaunchResource) => {
    const claimed = new Set(this.launchersFrom(source).flatMap(launcher => this.places.of(launcher).seen));
    return this.places.of(source).seen.filter(seen => !claimed.has(seen));
  });

  private allClaimed: ReadonlySet<LauncherUsage> | undefined;

  public constructor(private readonly graph: LaunchGraph, private readonly index: UsageIndex) {}

  /** What is known of a resource that launches, or is launched from. */
  public of(resource: LaunchResource): ResourceUsage {
    const affected = [resource, ...this.launchersFrom(resource, isAffected)];
    const launchers = affected.filter(({ record }) => record && !record.isTemplate);
    const others = new Set(this.launchersFrom(resource, launch => !isAffected(launch)).flatMap(launcher => this.places.of(launcher).seen));
    const own = this.places.of(resource).seen.filter(seen => !others.has(seen));
    const seen = [...new Set([...own, ...launchers.flatMap(launcher => this.seenOf(launcher))])];
    const silent = seen.length > 0 ? launchers.filter(launcher => !this.isKnown(launcher)) : launchers.length > 0 ? launchers : [resource];
    const doubts = silent.flatMap(each => this.doubtOn(each) ?? []);
    const state = worst(seen, doubts);
    const mayAll = doubts.length === 0 && seen.every(({ launcher }) => mayRequire(launcher));
    return { state, because: this.becauseOf(state, resource, seen, doubts), seen, doubts, mayRequire: mayAll };
  }

  private becauseOf(state: LauncherState, resource: LaunchResource, seen: readonly SeenLauncher[], doubts: readonly UsageDoubt[]): string {
    const telling = seen.find(({ launcher }) => launcher.state === state);
    if (telling) { return telling.launcher.because; }
    return doubts.length > 0 ? doubts[0].reason : `no instance of it was seen in ${listed(this.places.of(resource).regions.map(({ title }) => title))}`;
  }

  /** A launcher of which no record speaks by its name may be one that came from its launch template. */
  private seenOf(launcher: LaunchResource): readonly SeenLauncher[] {
    const { seen } = this.places.of(launcher);
    return seen.length > 0 ? seen : this.graph.sourcesOf(launcher).flatMap(source => this.unclaimed.of(source));
  }

  /** Whether records speak of a launcher, or of the group that it launches by. */
  private isKnown(launcher: LaunchResource): boolean {
    return this.seenOf(launcher).length > 0 || this.groupsOf(launcher).length > 0;
  }

  /** Why it is not known what a silent resource would do, if that is so: otherwise none of its instances ran while somebody watched. */
  private doubtOn(resource: LaunchResource): UsageDoubt | undefined {
    const reason = this.groupsOf(resource).length > 0 ? undefined : unseenReason(resource, this.places.of(resource)) ?? this.formerReason(resource);
    return reason === undefined ? undefined : { resource: resource.path, reason };
  }

  /** A launcher of the same stack that the app has no more may be this resource under a former logical id: then its software is what this one will run. */
  private formerReason(resource: LaunchResource): string | undefined {
    const kind = resource.record?.watchedAs;
    const isSuch = ({ launcher }: SeenLauncher) => !mayRequire(launcher) && (kind === undefined || launcher.kind === kind);
    const former = this.places.of(resource).neighbours().find(seen => isSuch(seen) && !this.claimed.has(seen.launcher));
    return former && `the ${former.launcher.kind} '${former.launcher.name}' of its stack is ${former.launcher.state}, and may be this one under another logical id`;
  }

  /** The launchers of all resources that the app has now. */
  private get claimed(): ReadonlySet<LauncherUsage> {
    return this.allClaimed ??= new Set(this.graph.world.resources.flatMap(each => this.places.of(each).seen.map(({ launcher }) => launcher)));
  }

  /** The groups by which a resource launches, where it has no instances beside theirs. */
  private groupsOf(resource: LaunchResource): readonly LaunchResource[] {
    return this.graph.sourcesOf(resource).filter(({ record }) => record && !record.isTemplate);
  }

  /** Who launches from a resource, also by way of others. */
  private launchersFrom(resource: LaunchResource, filter: (launch: Launch) => boolean = () => true): readonly LaunchResource[] {
    const found = new Set<LaunchResource>();
    const add = (launches: readonly Launch[]) => launches.forEach(({ launcher }) => {
      if (launcher === resource || found.has(launcher)) { return; }
      found.add(launcher);
      add(this.graph.launchersOf(launcher));
    });
    add(this.graph.launchersOf(resource).filter(filter));
    return [...found];
  }

  private lookUp(resource: LaunchResource): PlaceUsage {
    const { logicalId = '', stack: { deployedNames, account, region } } = resource;
    return this.index.of({ stacks: deployedNames, logicalId, account, region });
  }
}

/** Whether a new version of what is launched from changes what is launched, or may. */
function isAffected({ versions }: Launch): boolean {
  return versions.length === 0 || versions.some(({ kind }) => kind === 'latest' || kind === 'latest number' || kind === 'unknown');
}

/**
 * Whether a launcher may require IMDSv2. What it launches with IMDSv2 required already stays so: an older instance of it does not turn it back. What is broken
 * and does not launch so is a single instance that was changed by hand: the others would break as well.
 */
export function mayRequire({ state, launchesRequired }: SeenLauncher['launcher']): boolean {
  return launchesRequired === true || state === 'ready' || state === 'required';
}

function worst(seen: readonly SeenLauncher[], doubts: readonly UsageDoubt[]): LauncherState {
  const states = [...seen.map(({ launcher }) => launcher.state), ...doubts.length > 0 ? ['unknown' as const] : []];
  return PRECEDENCE.find(state => states.includes(state)) ?? 'ready';
}

/** Why nobody knows whether the instances of a resource use IMDSv1, of which no record speaks. */
function unseenReason({ record, type, stack }: LaunchResource, { regions }: PlaceUsage): string | undefined {
  if (record && !record.isTemplate && record.watchedAs === undefined) { return `instances of ${type} are in no usage record`; }
  if (stack.deployedNames.length === 0) { return 'nobody knows what its stack is called'; }
  if (regions.length === 0) {
    const { account, region } = stack;
    return account !== undefined && region !== undefined
      ? `no usage record watches ${region} in account ${account}`
      : 'its account or Region is not known, and no usage record has a stack of this name';
  }
  const hiddenReason = (region: WatchedRegion) => record?.isTemplate ? copiedReason(region) : unlinkedReason(region, record?.watchedAs);
  return regions.map(region => unwatchedReason(region) ?? hiddenReason(region)).find(reason => reason !== undefined);
}

/** Why a Region was not watched well enough to say that nothing runs there. */
function unwatchedReason(watched: WatchedRegion): string | undefined {
  const { title, daysWatched, unattributed, isOutdated, record: { quietDays } } = watched;
  if (isOutdated) { return `${title} was read last up to ${watched.usage.watchedUntil}`; }
  if (daysWatched === undefined) { return `nothing was read yet of ${title}`; }
  if (daysWatched < quietDays) { return `${title} was watched for ${daysWatched} of ${quietDays} days`; }
  return unattributed && `${unattributed.instanceId} in ${title} called, and nobody knows what launched it`;
}

/** What launches from a copy of a launch template: no instance says which template it was a copy of. */
const COPYING: readonly LauncherKind[] = ['EKS node group', 'Batch compute environment'];

/** A launcher that copies launch templates, or of which nobody knows the stack yet, may come from a template that nothing in the app launches from. */
function copiedReason({ launchers }: WatchedRegion): string | undefined {
  const follower = launchers.find(launcher => !mayRequire(launcher) && (COPYING.includes(launcher.kind) || launcher.unresolved));
  return follower && `the ${follower.kind} '${follower.name}' is ${follower.state}, and may launch from it: no record says from which template it does`;
}

/** CloudFormation tags what these launch, so a record knows the stack: one without a stack is none of an app. */
const TAGGED: readonly unknown[] = ['instance', 'Auto Scaling group'];

/** A launcher of the same kind that a record could not bring together with a stack may be this one. */
function unlinkedReason(region: WatchedRegion, kind: string | undefined): string | undefined {
  if (kind === undefined || TAGGED.includes(kind)) { return undefined; }
  const unlinked = region.unlinked(kind).find(launcher => !mayRequire(launcher));
  return unlinked && `the ${kind} '${unlinked.name}' is ${unlinked.state}, and may be this one: no record says which stack it belongs to`;
}
