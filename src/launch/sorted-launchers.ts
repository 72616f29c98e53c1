import type { CfnResource, Stack } from 'aws-cdk-lib';
import { isObject } from '../model/intrinsics';
import { Memo } from '../model/memo';
import { typedName } from '../resources/live-layer';
import { LiveResource } from '../resources/live-resource';
import type { LaunchesFrom } from '../resources/record';
import { recordOf } from '../resources/record-table';
import { StackLayers } from '../resources/stack-layers';
import type { LiveReferences } from './live-references';
import type { NamedSource } from './named-source';
import { namedSourceOf } from './named-source';

const NONE: readonly never[] = [];

/**
 * The launchers of a tree, grouped by the source that they name directly. Launchers that need a full reading are a group of their own.
 *
 * Mixins visit thousands of constructs one after the other, and any property may have changed since. So the result is always current, and only
 * launchers that changed are grouped again.
 */
export class SortedLaunchers {
  private readonly sorted: SortedLauncher[] = [];
  private readonly opened = new Set<CfnResource>();
  private readonly byNamed = new Map<CfnResource, Set<CfnResource>>();
  private readonly layers = new Memo((stack: Stack) => new StackLayers(stack));

  /** @param launchers the launchers of the tree. The caller may add more later. */
  public constructor(private readonly launchers: readonly CfnResource[], private readonly references: LiveReferences) {}

  /** The launchers that need a full reading to find their source. */
  public get open(): ReadonlySet<CfnResource> {
    return this.opened;
  }

  /** The launchers that directly name a resource, and no other one. They have no order. */
  public naming(source: CfnResource): Iterable<CfnResource> {
    return this.byNamed.get(source) ?? NONE;
  }

  /** Whether certainly no launcher names a resource. */
  public isFree(source: CfnResource): boolean {
    const naming = this.byNamed.get(source);
    return this.opened.size === 0 && (naming === undefined || naming.size === 0);
  }

  /** Groups new and changed launchers. */
  public refreshed(): this {
    for (const launcher of this.launchers.slice(this.sorted.length)) {
      this.sorted.push(new SortedLauncher(new LiveResource(launcher, this.layers.of(launcher.stack))));
    }
    for (const launcher of this.sorted) {
      if (!launcher.isUnchanged()) { this.sort(launcher); }
    }
    return this;
  }

  private sort(launcher: SortedLauncher): void {
    const { resource } = launcher.live;
    this.placeOf(launcher.named)?.delete(resource);
    launcher.update(this.references);
    this.placeOf(launcher.named)?.add(resource);
  }

  private placeOf(named: NamedSource): Set<CfnResource> | undefined {
    if (named === undefined) { return this.opened; }
    if (named === 'nothing') { return undefined; }
    let naming = this.byNamed.get(named);
    if (!naming) {
      naming = new Set();
      this.byNamed.set(named, naming);
    }
    return naming;
  }
}

/** A launcher, and the source that it directly named at the last check. */
class SortedLauncher {
  public named: NamedSource = 'nothing';
  private type: string | undefined;
  private ways: readonly Way[] = NONE;
  private wasRead = false;
  private met: readonly unknown[] | undefined;

  public constructor(public readonly live: LiveResource) {}

  /** Whether the properties that name a source certainly did not change since the last check. */
  public isUnchanged(): boolean {
    return this.met !== undefined && this.named !== undefined && this.live.isPlainOfType(this.type) && meets(this.live.resource, this.ways, this.met);
  }

  /** Finds the source again. */
  public update(references: LiveReferences): void {
    const { resource } = this.live;
    this.type = LiveResource.typeOf(resource);
    // An override may have changed it to a type that launches nothing.
    const launchesFrom = recordOf(this.type)?.launchesFrom;
    this.named = launchesFrom ? namedSourceOf(this.live, launchesFrom, references) : 'nothing';
    this.ways = launchesFrom ? WAYS.of(launchesFrom) : NONE;
    // A pass reads a launcher once. From the second time on, the values are kept, to detect changes.
    if (this.wasRead) { this.met = valuesOn(resource, this.ways); }
    this.wasRead = true;
  }
}

/** The names of L1 properties that contain an object, and those in it that name a source. */
interface Way {
  readonly path: readonly string[];
  readonly keys: readonly string[];
}

const WAYS = new Memo(({ references }: LaunchesFrom): readonly Way[] => references.map(({ segments, keys }) => {
  const list = segments.indexOf('[]');
  const path = (list < 0 ? segments : segments.slice(0, list)).map(typedName);
  return { path, keys: list < 0 && keys ? [keys.id, keys.name].filter(key => key !== undefined).map(typedName) : [] };
}));

/** The values along paths, from one object to the next. */
function valuesOn(start: object, ways: readonly Way[]): readonly unknown[] {
  return ways.flatMap(({ path, keys }) => {
    let value: unknown = start;
    const met = path.map(name => value = isObject(value) ? value[name] : undefined);
    const end = value;
    return [...met, ...isObject(end) ? keys.map(key => end[key]) : []];
  });
}

/** Whether the same values are there. It creates no list, because each template checks thousands of launchers. */
function meets(start: object, ways: readonly Way[], met: readonly unknown[]): boolean {
  let index = 0;
  for (const { path, keys } of ways) {
    let value: unknown = start;
    for (const name of path) {
      value = isObject(value) ? value[name] : undefined;
      if (value !== met[index++]) { return false; }
    }
    if (!isObject(value)) { continue; }
    for (const key of keys) {
      if (value[key] !== met[index++]) { return false; }
    }
  }
  return true;
}
