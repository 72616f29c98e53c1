import type { LauncherUsage } from './usage-record';

/**
 * Whether a launcher can require IMDSv2. If it already launches with required IMDSv2, this stays so: an older instance does not undo it. If it is
 * broken and does not launch so, somebody changed a single instance by hand: the other instances would break as well.
 */
export function mayRequire({ state, launchesRequired }: LauncherUsage): boolean {
  return launchesRequired === true || state === 'ready' || state === 'required';
}
