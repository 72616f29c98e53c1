import { gunzipSync } from 'zlib';
import { collect } from '../../../handlers/imdsv1-usage/collect';
import type { Memory } from '../../../handlers/imdsv1-usage/memory';
import type { LauncherUsage, RegionUsage, UsageRecord } from '../../../src/usage/usage-record';
import { ACCOUNT, BUCKET, type World } from './world';

export const REGION = 'eu-west-1';

/** The differences of a run. */
export interface Different {
  readonly quietDays?: number;
  readonly regions?: readonly string[] | '*';
  readonly timeLeft?: () => number;
  readonly eventBus?: string;
}

/** Runs the collector at a time. */
export async function runAt(world: World, time: number, { quietDays = 14, regions = '*', timeLeft = () => 900_000, eventBus }: Different = {}): Promise<void> {
  world.now = time;
  await collect({ aws: world.aws, account: ACCOUNT, home: REGION, now: time, timeLeft }, { regions, quietDays, bucket: BUCKET, eventBus });
}

export function recordIn(world: World): UsageRecord {
  return JSON.parse(world.objects.get(`usage/${ACCOUNT}/latest.json`)!.body.toString()) as UsageRecord;
}

export function regionIn(world: World, region = REGION): RegionUsage {
  return recordIn(world).regions.find(each => each.region === region)!;
}

/** A launcher in the record. */
export function launcherIn(world: World, name: string, region = REGION): LauncherUsage {
  const found = regionIn(world, region).launchers.find(each => each.name === name);
  if (found === undefined) { throw new Error(`no launcher ${name}: there are ${regionIn(world, region).launchers.map(each => each.name).join(', ')}`); }
  return found;
}

export function memoryKey(region = REGION): string {
  return `state/${ACCOUNT}/${region}.json.gz`;
}

export function memoryIn(world: World, region = REGION): Memory {
  return JSON.parse(gunzipSync(world.objects.get(memoryKey(region))!.body).toString()) as Memory;
}

/** A stack with 250 resources. The last one is a template. */
export function largeStack(template: string): World['stacks'] {
  const others = Array.from({ length: 249 }, (_, index) => ({ StackName: 'Large', LogicalResourceId: `Queue${index}`, PhysicalResourceId: `queue-${index}` }));
  return [...others, { StackName: 'Large', LogicalResourceId: 'Template', PhysicalResourceId: template }];
}
