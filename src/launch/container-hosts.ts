import { isAbsent } from '../model/intrinsics';
import { Memo } from '../model/memo';
import { parsePath } from '../resources/path';
import { instancesOf, isAboutOthers } from '../resources/record-table';
import type { ContainerEvidence } from './container-evidence';
import { distinctEvidence, evidenceIn } from './container-evidence';
import type { SignPlace } from './container-signs';
import { ContainerSigns } from './container-signs';
import type { LaunchGraph } from './launch-graph';
import { textsIn } from './texts';
import { userDataOf } from './user-data';
import type { LaunchResource } from './world';
import { hasOwnOptions } from './world';

/** Whether containers run on the instances of a resource, and why we think so. */
export interface ContainerVerdict {
  readonly isContainerHost: boolean;
  readonly evidence: readonly ContainerEvidence[];
  /** The hop limits that launchers set with `ContainerHost`; `undefined` for one that runs containers and uses the policy. */
  readonly hopLimits: readonly (number | undefined)[];
}

const NOTHING: readonly ContainerEvidence[] = [];
const NO: ContainerVerdict = { isContainerHost: false, evidence: [], hopLimits: [] };

/** Finds out which resources run containers: from their launchers, their user data and image, and `ContainerHost`. */
export class ContainerHosts {
  private readonly verdicts = new Memo((resource: LaunchResource) => this.decide(resource));
  private readonly fromLauncher = new Memo((launcher: LaunchResource) => this.verdictFromLauncher(launcher));
  private readonly signs = new ContainerSigns();
  /** Whether any resource is a sign of containers on other resources. */
  private someResourceIndicatesContainers: boolean | undefined;

  public constructor(private readonly graph: LaunchGraph) {}

  /** Whether containers run on the instances that a resource is, launches, or is launched from. */
  public verdictOn(resource: LaunchResource): ContainerVerdict {
    const isSilent = this.noResourceIndicatesContainers && (this.graph.world.isKnownAsSilent(resource) || this.signs.of(resource).length === 0);
    return isSilent ? NO : this.verdicts.of(resource);
  }

  /** Whether no resource is a sign of containers on others, as in most apps. It is `false` while this may still change. */
  public get noResourceIndicatesContainers(): boolean {
    const { world } = this.graph;
    return world.isSettled && !(this.someResourceIndicatesContainers ??= world.resourcesAboutOthers.some(other => this.indicatesContainers(other)));
  }

  /**
   * Whether nothing around a resource certainly shows containers on its instances: not its sources, and not its launchers.
   *
   * @param hasOwnTexts whether the resource has its own user data and image, so that it gets none from its sources
   */
  public hasNoSignsAround(resource: LaunchResource, hasOwnTexts: boolean): boolean {
    const { graph } = this;
    const launches = graph.launchesOf(resource);
    for (let index = 0; index < launches.length; index++) {
      const { source } = launches[index];
      if (source.kind !== 'resource') { continue; }
      const isSilent = hasOwnTexts ? source.resource.mark === undefined && source.resource.init() === undefined
        : this.verdictFromSource(source.resource, resource) === NO;
      if (!isSilent) { return false; }
    }
    const launchers = graph.launchersOf(resource);
    for (let index = 0; index < launchers.length; index++) {
      const { launcher } = launchers[index];
      if (launcher.mark ?? launcher.record?.containers ?? graph.launchersOf(launcher)[0]) { return false; }
      if (!hasOwnOptions(launcher) && this.signs.of(launcher).length > 0) { return false; }
    }
    return true;
  }

  /** Whether a resource is a sign of containers on other resources, or is always one. */
  private indicatesContainers(resource: LaunchResource): boolean {
    const { record, mark } = resource;
    const mayShowSigns = record !== undefined && isAboutOthers(record);
    return mark !== undefined || natureOf(resource).length > 0 || (mayShowSigns && this.signs.of(resource).length > 0);
  }

  /** The signs in a resource itself, without its source and its launchers. */
  private ownEvidence(resource: LaunchResource): readonly ContainerEvidence[] {
    const nature = natureOf(resource);
    const signs = this.signs.of(resource);
    return nature.length === 0 ? signs : [...nature, ...signs];
  }

  private decide(resource: LaunchResource): ContainerVerdict {
    const byHand = markVerdict(resource);
    if (byHand) { return byHand; }
    const launches = this.graph.launchersOf(resource);
    if (launches.length > 0 && launches.every(({ launcher }) => launcher.mark?.isContainerHost === false)) { return NO; }
    const verdicts: ContainerVerdict[] = [];
    for (let index = 0; index < launches.length; index++) {
      const verdict = this.fromLauncher.of(launches[index].launcher);
      if (verdict !== NO) { verdicts.push(verdict); }
    }
    const own = this.ownEvidence(resource);
    if (own.length > 0) { verdicts.push(because(own)); }
    const sources = this.graph.sourcesOf(resource);
    for (let index = 0; index < sources.length; index++) {
      const verdict = this.verdictFromSource(sources[index], resource);
      if (verdict !== NO) { verdicts.push(verdict); }
    }
    return verdicts.length === 0 ? NO : together(verdicts);
  }

  /** The signs that a launcher gives for its source. An instance with its own user data or image has these as its own signs. */
  private verdictFromLauncher(launcher: LaunchResource): ContainerVerdict {
    const byHand = markVerdict(launcher);
    if (byHand) { return byHand; }
    const signs = hasOwnOptions(launcher) ? NOTHING : this.signs.of(launcher);
    const nature = natureOf(launcher);
    const outer = this.graph.launchingFrom(launcher);
    if (signs.length + nature.length + outer.length === 0) { return NO; }
    const own = because([...nature, ...signs.map(sign => evidenceIn(launcher.path, sign))]);
    return together([own.isContainerHost ? { ...own, hopLimits: [undefined] } : own, ...outer.map(other => this.fromLauncher.of(other))]);
  }

  /** The signs that a template gives for its launcher. The launcher's own values replace them. */
  private verdictFromSource(source: LaunchResource, launcher: LaunchResource): ContainerVerdict {
    const byHand = markVerdict(source);
    if (byHand) { return byHand; }
    const inherited = hasOwnOptions(launcher) ? this.signs.without(ownPlaces(launcher), source) : this.signs.of(source);
    return inherited.length === 0 ? NO : because(inherited.map(sign => evidenceIn(source.path, sign)));
  }
}

function markVerdict(resource: LaunchResource): ContainerVerdict | undefined {
  const { mark } = resource;
  if (!mark) { return undefined; }
  return mark.isContainerHost ? { ...because([{ kind: 'ContainerHost', resource: resource.path }]), hopLimits: [mark.hopLimit] } : NO;
}

/** Why a launcher always runs containers, independent of what it launches from. */
function natureOf(launcher: LaunchResource): readonly ContainerEvidence[] {
  const service = launcher.record?.containers;
  if (!service) { return NOTHING; }
  const { title, present, unless, only } = service;
  const isMeant = (present === undefined || launcher.valuesAt(parsePath(present)).some(value => !isAbsent(value)))
    && (unless === undefined || !launcher.valuesAt(parsePath(unless.path)).some(value => unless.values.some(other => other === value)))
    && (only === undefined || only.paths.some(path => only.pattern.test(textAt(launcher, path))));
  return isMeant ? [{ kind: 'service', service: title, resource: launcher.path }] : NOTHING;
}

/** The text at a path, as far as it is known. */
function textAt(launcher: LaunchResource, path: readonly string[]): string {
  return launcher.at(path, true).map(({ value, layer }) => textsIn(layer.resolve(value), launcher.stack)).join('\n');
}

/** The values of an instance that replace those of its template. */
function ownPlaces(instance: LaunchResource): SignPlace[] {
  const places: SignPlace[] = [];
  if (instance.reading.of(userDataOf).some(({ values }) => isAnyThere(values))) { places.push('user data'); }
  if (instancesOf(instance.type).images.some(path => isAnyThere(instance.valuesAt(path)))) { places.push('image'); }
  return places;
}

function isAnyThere(values: readonly unknown[]): boolean {
  return values.some(value => !isAbsent(value));
}

function because(evidence: readonly ContainerEvidence[]): ContainerVerdict {
  return evidence.length === 0 ? NO : { isContainerHost: true, evidence, hopLimits: [] };
}

function together(verdicts: readonly ContainerVerdict[]): ContainerVerdict {
  if (verdicts.every(verdict => verdict === NO)) { return NO; }
  const evidence = distinctEvidence(verdicts.flatMap(verdict => verdict.evidence));
  return { ...because(evidence), hopLimits: [...new Set(verdicts.flatMap(({ hopLimits }) => hopLimits))] };
}
