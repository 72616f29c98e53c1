import type { CallingInstance, LauncherKind, LauncherUsage, UsageRecord } from './usage-record';

/**
 * A line that a run writes to its log for each instance that called: CloudWatch Logs Insights joins it to CloudTrail by the instance.
 *
 * Its names stand under `caller`, so that no line of a trail has them.
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
