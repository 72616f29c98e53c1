import type { LauncherKind } from '../model/launcher-kinds';
import type { CallingInstance, LauncherUsage, UsageRecord } from './usage-record';

/**
 * A log line of a run for each instance that called: CloudWatch Logs Insights joins it with CloudTrail by instance.
 *
 * Its names are below `caller`, so they do not occur in the lines of a trail.
 */
export interface CallerLine {
  readonly caller: CallingInstance & {
    readonly account: string;
    readonly region: string;
    readonly launcherKind: LauncherKind;
    readonly launcherName: string;
  };
}

/** The lines for the instances of a record that called and have a launcher: 10 at most for each launcher. */
export function callerLines({ account, regions }: UsageRecord): CallerLine[] {
  return regions.flatMap(({ region, launchers }) => launchers.flatMap(launcher => linesOf(account, region, launcher)));
}

function linesOf(account: string, region: string, { kind, name, callers }: LauncherUsage): CallerLine[] {
  return callers.map(instance => ({ caller: { account, region, launcherKind: kind, launcherName: name, ...instance } }));
}
