import type { LaunchResource } from '../launch/world';
import type { LauncherKind } from '../model/launcher-kinds';
import { factsOfKind } from '../model/launcher-kinds';
import { mayRequire } from '../usage/may-require';
import type { PlaceUsage } from '../usage/usage-index';
import type { WatchedRegion } from '../usage/watched-region';

/** Why it is unknown whether the instances of a resource use IMDSv1, if no record contains them. */
export function unseenReason({ record, type, stack }: LaunchResource, { regions }: PlaceUsage): string | undefined {
  if (record && !record.isTemplate && record.watchedAs === undefined) { return `usage records do not cover instances of ${type}`; }
  if (stack.deployedNames.length === 0) { return 'the name of its stack is unknown'; }
  if (regions.length === 0) {
    const { account, region } = stack;
    return account !== undefined && region !== undefined
      ? `no usage record covers ${region} in account ${account}`
      : 'its stack has no account or no Region, and no usage record has a stack with this name: set env of the stack';
  }
  const hiddenReason = (region: WatchedRegion) => record?.isTemplate ? copiedReason(region) : unlinkedReason(region, record?.watchedAs);
  return regions.map(region => unwatchedReason(region) ?? hiddenReason(region)).find(reason => reason !== undefined);
}

/** Why a Region was not watched well enough to say that nothing runs there. */
function unwatchedReason(watched: WatchedRegion): string | undefined {
  const { title, daysWatched, unattributed, isOutdated, usage: { error }, record: { quietDays } } = watched;
  if (isOutdated) { return `the data of ${title} ends at ${watched.usage.watchedUntil}`; }
  if (daysWatched === undefined) { return `no data was read yet for ${title}`; }
  if (daysWatched < quietDays) { return `${title} was monitored for ${daysWatched} of ${quietDays} days`; }
  if (error !== undefined) { return `the last run could not read ${title}${error && `: ${error}`}`; }
  return unattributed && `${unattributed.instanceId} in ${title} used IMDSv1, and its launcher is unknown`;
}

/** A launcher that copies launch templates, or whose stack is unknown, may use a template that nothing in the app launches from. */
function copiedReason({ launchers }: WatchedRegion): string | undefined {
  const follower = launchers.find(launcher => !mayRequire(launcher) && (launcher.unresolved || factsOfKind(launcher.kind)?.copiesTemplates));
  return follower && `the ${follower.kind} '${follower.name}' is ${follower.state}, and may launch from it: no record says which launch template it uses`;
}

/** A launcher of the same kind that a record could not bring together with a stack may be this one. If tags name the stack, one without a stack is none of an app. */
function unlinkedReason(region: WatchedRegion, kind: LauncherKind | undefined): string | undefined {
  if (kind === undefined || factsOfKind(kind)?.isInTags) { return undefined; }
  const unlinked = region.unlinked(kind).find(launcher => !mayRequire(launcher));
  return unlinked && `the ${kind} '${unlinked.name}' is ${unlinked.state}, and may be this resource: no record says which stack it belongs to`;
}
