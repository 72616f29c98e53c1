import { grouped } from '../../model/grouped';
import type { Report, ReportedStack } from '../report';
import type { ReportedFinding } from '../reported-finding';
import type { ReportedLaunch, ReportedResource } from '../reported-resource';

/** That a resource is launched from, and by what. */
export interface LaunchedBy {
  readonly launcher: ReportedResource;
  readonly launch: ReportedLaunch;
}

/** What the parts of a page ask about a report; each part is found without looking through all of it. */
export interface PageIndex {
  readonly report: Report;
  readonly resourceOf: ReadonlyMap<string, ReportedResource>;
  /** The fragment that leads to a resource. */
  readonly anchorOf: ReadonlyMap<ReportedResource, string>;
  readonly findingAnchorOf: ReadonlyMap<ReportedFinding, string>;
  readonly findingsOn: ReadonlyMap<string, readonly ReportedFinding[]>;
  readonly launchersOf: ReadonlyMap<string, readonly LaunchedBy[]>;
  readonly stackOf: ReadonlyMap<string, ReportedStack>;
}

/** Reads a report once. */
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

/** What a stack is called: as short as it can be told. */
export function stackLabel(stack: ReportedStack | undefined, template: string): string {
  return stack?.path ?? stack?.name ?? template;
}

/** What people call a resource: its construct path below the stack, without what every L2 ends in; the logical id where there is no path. */
export function nameOf({ path, logicalId, template }: ReportedResource, { stackOf }: Pick<PageIndex, 'stackOf'>): string {
  if (path === undefined) { return logicalId; }
  const stack = stackOf.get(template)?.path;
  const below = stack !== undefined && path.startsWith(`${stack}/`) ? path.slice(stack.length + 1) : path;
  return below.replace(/\/Resource$/, '') || logicalId;
}
