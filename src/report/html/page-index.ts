import { grouped } from '../../model/grouped';
import type { Report, ReportedStack } from '../report';
import type { ReportedFinding } from '../reported-finding';
import type { ReportedLaunch, ReportedResource } from '../reported-resource';

/** A launcher of a resource, and the launch. */
export interface LaunchedBy {
  readonly launcher: ReportedResource;
  readonly launch: ReportedLaunch;
}

/** Lookups in a report, so that no part of a page searches the whole report. */
export interface PageIndex {
  readonly report: Report;
  readonly resourceOf: ReadonlyMap<string, ReportedResource>;
  /** The fragment of the link to a resource. */
  readonly anchorOf: ReadonlyMap<ReportedResource, string>;
  readonly findingAnchorOf: ReadonlyMap<ReportedFinding, string>;
  readonly findingsOn: ReadonlyMap<string, readonly ReportedFinding[]>;
  readonly launchersOf: ReadonlyMap<string, readonly LaunchedBy[]>;
  readonly stackOf: ReadonlyMap<string, ReportedStack>;
}

/** Creates the lookups for a report. */
export function pageIndex(report: Report): PageIndex {
  return {
    report,
    resourceOf: new Map(report.resources.map(resource => [resource.id, resource])),
    anchorOf: new Map(report.resources.map((resource, index) => [resource, `resource-${index + 1}`])),
    findingAnchorOf: new Map(report.findings.map((finding, index) => [finding, `finding-${index + 1}`])),
    findingsOn: grouped(report.findings.flatMap(finding => finding.resource === undefined ? [] : [[finding.resource, finding] as const])),
    launchersOf: grouped(report.resources.flatMap(launcher => launcher.launchesFrom
      .flatMap(launch => launch.resource === undefined ? [] : [[launch.resource, { launcher, launch }] as const]))),
    stackOf: new Map(report.stacks.map(stack => [stack.template, stack])),
  };
}

/** The shortest known label of a stack. */
export function stackLabel(stack: ReportedStack | undefined, template: string): string {
  return stack?.path ?? stack?.name ?? template;
}

/** The name of a resource for people: its construct path below the stack, without the `/Resource` of an L2. Without a path, its logical id. */
export function nameOf({ path, logicalId, template }: ReportedResource, { stackOf }: Pick<PageIndex, 'stackOf'>): string {
  if (path === undefined) { return logicalId; }
  const stack = stackOf.get(template)?.path;
  const below = stack !== undefined && path.startsWith(`${stack}/`) ? path.slice(stack.length + 1) : path;
  return below.replace(/\/Resource$/, '') || logicalId;
}
