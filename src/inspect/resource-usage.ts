import type { Launch, LaunchGraph } from '../launch/launch-graph';
import type { LaunchResource } from '../launch/world';
import { Memo } from '../model/memo';
import { listed } from '../model/words';
import { mayRequire } from '../usage/may-require';
import type { PlaceUsage, SeenLauncher, UsageIndex } from '../usage/usage-index';
import type { LauncherState, LauncherUsage } from '../usage/usage-record';
import { unseenReason } from './unseen-reason';

/** The usage in records of all instances that a resource launches, or that are launched from it. */
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
  /** The launchers of a source in the records that are not in the app. */
  private readonly unclaimed = new Memo((source: LaunchResource) => {
    const claimed = new Set(this.launchersFrom(source).flatMap(launcher => this.places.of(launcher).seen));
    return this.places.of(source).seen.filter(seen => !claimed.has(seen));
  });

  private allClaimed: ReadonlySet<LauncherUsage> | undefined;

  public constructor(private readonly graph: LaunchGraph, private readonly index: UsageIndex) {}

  /** The usage of a launcher or a source. */
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

  /** Why the usage of a resource without instances in the records is unknown; `undefined` if none of its instances ran in the recorded time. */
  private doubtOn(resource: LaunchResource): UsageDoubt | undefined {
    const reason = this.groupsOf(resource).length > 0 ? undefined : unseenReason(resource, this.places.of(resource)) ?? this.formerReason(resource);
    return reason === undefined ? undefined : { resource: resource.path, reason };
  }

  /**
   * A launcher that the app has no more may be this resource under a former name: then its software is what this one will run. So may one of the same stack,
   * and one of the same logical id in a stack that is called otherwise.
   */
  private formerReason(resource: LaunchResource): string | undefined {
    const kind = resource.record?.watchedAs;
    const isSuch = (launcher: LauncherUsage) =>
      (kind === undefined || launcher.kind === kind) && !mayRequire(launcher) && !this.claimed.has(launcher);
    const { regions, neighbours } = this.places.of(resource);
    const [moved] = neighbours().map(({ launcher }) => launcher).filter(isSuch);
    if (moved) { return `${isLeftText(moved, 'its stack')} another logical id`; }
    const logicalIds = [resource, ...this.graph.sourcesOf(resource)].flatMap(each => each.logicalId ?? []);
    const [renamed] = regions.flatMap(region => logicalIds.flatMap(id => region.named(id))).filter(isSuch);
    const { stackName } = renamed?.resources.find(each => logicalIds.includes(each.logicalId)) ?? {};
    return renamed && `${isLeftText(renamed, `the stack '${stackName}'`)} a former name of its stack`;
  }

  /** The launchers of all resources that the app has now. */
  private get claimed(): ReadonlySet<LauncherUsage> {
    return this.allClaimed ??= new Set(this.graph.world.resources.flatMap(each => this.places.of(each).seen.map(({ launcher }) => launcher)));
  }

  /** The groups by which a resource launches, where it has no instances beside theirs. */
  private groupsOf(resource: LaunchResource): readonly LaunchResource[] {
    return this.graph.sourcesOf(resource).filter(({ record }) => record && !record.isTemplate);
  }

  /** The launchers of a resource, direct and indirect. */
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

function worst(seen: readonly SeenLauncher[], doubts: readonly UsageDoubt[]): LauncherState {
  const states = [...seen.map(({ launcher }) => launcher.state), ...doubts.length > 0 ? ['unknown' as const] : []];
  return PRECEDENCE.find(state => states.includes(state)) ?? 'ready';
}

function isLeftText({ kind, name, state }: LauncherUsage, of: string): string {
  return `the ${kind} '${name}' of ${of} is ${state}, and may be this resource under`;
}
