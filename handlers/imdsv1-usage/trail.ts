import type { Event } from '@aws-sdk/client-cloudtrail';
import { messageOf } from '../custom-resource/message-of';
import { attribute, type LaunchedBy } from './attribute';
import { dateOf, type Hour, HOURS_OF_DAY, later } from './hours';
import { saidBy } from './instances';
import { type Tags, TEMPLATE_ID, TEMPLATE_VERSION } from './launcher-of';
import type { InstanceMemory, Memory } from './memory';
import { pages } from './pages';
import type { Run } from './run';

/** CloudTrail allows two look-ups in a second in a Region. */
const PAUSE = 500;

/**
 * From this number of new instances on, all launches are read page by page in the first half of the time. Then the rest is looked up by instance id.
 */
const MANY = 20;

/** The longest time for look-ups in a run, in milliseconds, and the most instances that are looked up by id. */
const LONGEST = 180_000;
const MOST_BY_NAME = 100;

/** The most hours between two look-ups of an instance. The time doubles after each failed one. */
const MOST_HOURS_BETWEEN = HOURS_OF_DAY;

/** The oldest events in CloudTrail. */
const OLDEST = 90 * HOURS_OF_DAY;

/** Services that launch instances for others, and name these in tags. */
const LAUNCHING_SERVICE = /^(autoscaling|ec2fleet|spotfleet|spot|batch|elasticmapreduce|ecs|eks|elasticbeanstalk)\./;

/** Instances with calls whose launcher is unknown. */
export function unattributed({ instances }: Memory, since: Hour): [string, InstanceMemory][] {
  return Object.entries(instances).filter(([, { launchers, call, refusal }]) => launchers.length === 0 && (later(call, refusal) ?? -1) >= since);
}

/** Looks up the launches of instances that are due, as far as the time allows. Later runs look up the rest. */
export async function attributeByTrail(run: Run, memory: Memory, hour: Hour, since: Hour): Promise<void> {
  const due = unattributed(memory, since).filter(([, { next = 0 }]) => next <= hour)
    .sort(([, { tries: one = 0 }], [, { tries: other = 0 }]) => one - other);
  if (due.length === 0) { return; }
  const wanted = new Map(due);
  const time = Math.min(run.timeLeft() / 2, LONGEST);
  const end = Date.now() + time;
  const find = (events: readonly Event[]) => events.forEach(event => launchesIn(event).forEach(([id, said]) => {
    if (wanted.delete(id)) { attribute(memory, id, said, hour); }
  }));
  try {
    const fresh = due.filter(([, { tries = 0 }]) => tries === 0);
    if (fresh.length >= MANY) {
      const first = Math.min(...fresh.map(([, instance]) => instance.first ?? hour));
      await lookUp(run, 'EventName', 'RunInstances', first - 1, () => wanted.size === 0 || Date.now() > end - time / 2, find);
    }
    for (const [id] of due.slice(0, MOST_BY_NAME)) {
      if (Date.now() > end) { break; }
      if (wanted.has(id)) {
        await lookUp(run, 'ResourceName', id, hour - OLDEST, () => !wanted.has(id) || Date.now() > end, find);
        postpone(memory.instances[id], hour);
      }
    }
  } catch (error) {
    console.log(run.region, 'CloudTrail', messageOf(error));
  }
}

function postpone(instance: InstanceMemory, hour: Hour): void {
  if (instance.launchers.length > 0) { return; }
  instance.tries = (instance.tries ?? 0) + 1;
  instance.next = hour + Math.min(MOST_HOURS_BETWEEN, 2 ** (instance.tries - 1));
}

async function lookUp(
  { aws, region, inTime }: Run, AttributeKey: 'EventName' | 'ResourceName', AttributeValue: string, since: Hour,
  isEnough: () => boolean, find: (events: readonly Event[]) => void,
): Promise<void> {
  const cloudTrail = aws.cloudTrail(region);
  const asked = { LookupAttributes: [{ AttributeKey, AttributeValue }], StartTime: dateOf(since) };
  for await (const { Events = [] } of pages(NextToken => cloudTrail.lookupEvents({ ...asked, NextToken }, inTime()))) {
    find(Events);
    await new Promise(resolve => setTimeout(resolve, PAUSE));
    if (isEnough()) { return; }
  }
}

interface Tag {
  readonly key?: string;
  readonly value?: string;
}

interface Items<Item> {
  readonly items?: readonly Item[];
}

/** The used part of a launch event. */
interface Launch {
  readonly eventName?: string;
  readonly errorCode?: string;
  readonly userIdentity?: { readonly invokedBy?: string };
  readonly requestParameters?: {
    readonly launchTemplate?: { readonly launchTemplateId?: string; readonly version?: string };
    readonly tagSpecificationSet?: Items<{ readonly resourceType?: string; readonly tags?: readonly Tag[] }>;
  };
  readonly responseElements?: { readonly instancesSet?: Items<{ readonly instanceId?: string; readonly tagSet?: Items<Tag> }> };
}

/** The instances that an event launched, with their data in the event. */
export function launchesIn({ CloudTrailEvent = '' }: Event): [string, LaunchedBy][] {
  try {
    const { eventName, errorCode, userIdentity, requestParameters, responseElements } = JSON.parse(CloudTrailEvent) as Launch;
    if (eventName !== 'RunInstances' || errorCode) { return []; }
    const { launchTemplateId, version } = requestParameters?.launchTemplate ?? {};
    const wanted = (requestParameters?.tagSpecificationSet?.items ?? []).filter(({ resourceType = 'instance' }) => resourceType === 'instance');
    const template: Tags = launchTemplateId ? { [TEMPLATE_ID]: launchTemplateId, [TEMPLATE_VERSION]: version ?? '' } : {};
    return (responseElements?.instancesSet?.items ?? []).flatMap(({ instanceId = '', tagSet }) => {
      const tags = [...wanted.flatMap(each => each.tags ?? []), ...tagSet?.items ?? []].map(({ key = '', value = '' }) => [key, value]);
      const said = saidBy(instanceId, { ...template, ...Object.fromEntries(tags) as object });
      const isLauncherUnknown = LAUNCHING_SERVICE.test(userIdentity?.invokedBy ?? '') && ['instance', 'launch template'].includes(said.launcher.kind);
      return isLauncherUnknown ? [] : [[instanceId, said] as [string, LaunchedBy]];
    });
  } catch {
    return []; // an unreadable event is skipped
  }
}
