import type { LauncherUsage } from './usage-record';

/**
 * Whether a launcher may require IMDSv2. What it launches with IMDSv2 required already stays so: an older instance of it does not turn it back. What is broken
 * and does not launch so is a single instance that was changed by hand: the others would break as well.
 */
export function mayRequire({ state, launchesRequired }: LauncherUsage): boolean {
  return launchesRequired === true || state === 'ready' || state === 'required';
}
