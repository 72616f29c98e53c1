import type { Context } from '../custom-resource/event';
import { inTime } from '../custom-resource/in-time';
import { clientIn } from '../ec2/client';

/** The Regions of the partition, by their state in this account. */
export interface AccountRegions {
  readonly enabled: readonly string[];

  /** The opt-in Regions that are not enabled. */
  readonly off: readonly string[];
}

/** Reads the Regions from EC2. Each Region returns all of them. */
export async function accountRegions(context: Context): Promise<AccountRegions> {
  const { Regions = [] } = await clientIn().describeRegions({ AllRegions: true }, inTime(context));
  const named = (off: boolean) => Regions.filter(({ OptInStatus }) => (OptInStatus === 'not-opted-in') === off).map(({ RegionName }) => RegionName!);
  return { enabled: named(false), off: named(true) };
}
