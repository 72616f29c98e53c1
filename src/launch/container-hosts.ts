import { isAbsent } from '../model/intrinsics';
import { Memo } from '../model/memo';
import { parsePath } from '../resources/paths';
import type { Paths } from '../resources/record';
import { hasOptionsOfItsOwn, instancesOf, recordOf } from '../resources/record-table';
import type { ContainerSign } from './container-signs';
import { ContainerSigns } from './container-signs';
import type { LaunchGraph } from './launch-graph';
import type { LaunchResource } from './world';

/** Whether containers run on the instances of a resource, and why we think so. */
export interface ContainerVerdict {
  readonly isContainerHost: boolean;
  readonly reasons: readonly string[];
  /** The hop limits that launchers ask for by `ContainerHost`; `undefined` for one that runs containers and leaves it to the policy. */
  readonly hopLimits: readonly (number | undefined)[];
}

const NO: ContainerVerdict = { isContainerHost: false, reasons: [], hopLimits: [] };

/** Finds out which resources run containers: from who launches from them, from their user data and image, and from what the user says. */
export class ContainerHosts {
  private readonly verdicts = new Memo((resource: LaunchResource) => this.decide(resource));
  private readonly fromLauncher = new Memo((launcher: LaunchResource) => this.verdictFromLauncher(launcher));
  private readonly signs = new ContainerSigns();

  public constructor(private readonly graph: LaunchGraph) {}

  /** Whether containers run on the instances that a resource is, launches, or is launched from. */
  public verdictOn(resource: LaunchResource): ContainerVerdict {
    return this.verdicts.of(resource);
  }

  private decide(resource: LaunchResource): ContainerVerdict {
    const byHand = markVerdict(resource);
    if (byHand) { return byHand; }
    const launchers = this.graph.launchingFrom(resource);
    if (launchers.length > 0 && launchers.every(launcher => launcher.mark?.isContainerHost === false)) { return NO; }
    return together([
      ...launchers.map(launcher => this.fromLauncher.of(launcher)),
      because([...natureOf(resource), ...this.signs.of(resource).map(({ reason }) => reason)]),
      ...this.graph.sourcesOf(resource).map(source => this.verdictFromSource(source, resource)),
    ]);
  }

  /** What a launcher tells of what it launches from. An instance that brings its own user data or image says so in its own options. */
  private verdictFromLauncher(launcher: LaunchResource): ContainerVerdict {
    const byHand = markVerdict(launcher);
    if (byHand) { return byHand; }
    const signs = hasOptionsOfItsOwn(launcher.type) ? [] : this.signs.of(launcher).map(({ reason }) => `${reason} in '${launcher.path}'`);
    const own = because([...natureOf(launcher), ...signs]);
    return together([
      { ...own, hopLimits: own.isContainerHost ? [undefined] : [] },
      ...this.graph.launchingFrom(launcher).map(outer => this.fromLauncher.of(outer)),
    ]);
  }

  /** What a template tells of its launcher: what the launcher has itself takes the place of it. */
  private verdictFromSource(source: LaunchResource, launcher: LaunchResource): ContainerVerdict {
    const signs = this.signs.of(source);
    const own = new Set(signs.length > 0 && hasOptionsOfItsOwn(launcher.type) ? ownPlaces(launcher) : []);
    const reasons = signs.filter(({ place }) => !own.has(place)).map(({ reason }) => `${reason} in '${source.path}'`);
    return markVerdict(source) ?? because(reasons);
  }
}

function markVerdict(resource: LaunchResource): ContainerVerdict | undefined {
  const { mark } = resource;
  if (!mark) { return undefined; }
  return mark.isContainerHost ? { ...because([`ContainerHost was applied to '${resource.path}'`]), hopLimits: [mark.hopLimit] } : NO;
}

/** Why a launcher runs containers whatever it launches from. */
function natureOf(launcher: LaunchResource): string[] {
  const service = recordOf(launcher.type)?.containers;
  if (!service) { return []; }
  const { title, present, unless } = service;
  const valuesAt = (path: string) => launcher.at(parsePath(path), true).map(({ value, layer }) => layer.resolve(value));
  const isMeant = (present === undefined || valuesAt(present).some(value => !isAbsent(value)))
    && (unless === undefined || !valuesAt(unless.path).some(value => unless.values.some(other => other === value)));
  return isMeant ? [`the ${title} '${launcher.path}'`] : [];
}

/** What an instance has itself, in the place of what its template has. */
function ownPlaces(instance: LaunchResource): ContainerSign['place'][] {
  const { userData, images } = instancesOf(instance.type);
  const has = (paths: Paths) => paths.some(path => instance.at(path, true).some(({ value, layer }) => !isAbsent(layer.resolve(value))));
  return [...has(userData) ? ['user data' as const] : [], ...has(images) ? ['image' as const] : []];
}

function because(reasons: readonly string[]): ContainerVerdict {
  return reasons.length === 0 ? NO : { isContainerHost: true, reasons, hopLimits: [] };
}

function together(verdicts: readonly ContainerVerdict[]): ContainerVerdict {
  if (verdicts.every(({ reasons, hopLimits }) => reasons.length === 0 && hopLimits.length === 0)) { return NO; }
  const reasons = [...new Set(verdicts.flatMap(verdict => verdict.reasons))];
  return { ...because(reasons), hopLimits: [...new Set(verdicts.flatMap(({ hopLimits }) => hopLimits))] };
}
