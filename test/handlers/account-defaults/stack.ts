import { handler } from '../../../handlers/account-defaults';
import { deployed, type Deployed } from '../harness/cloudformation';
import { beside, type Handler } from '../harness/lambda';
import { FakeEc2, type Defaults, type Region } from './fake-ec2';

export { ATTEMPTS, PHYSICAL_ID, request } from '../harness/cloudformation';

/** The properties of the resource, as the construct writes them. */
export interface Properties {
  readonly Defaults: Defaults;
  readonly Regions?: readonly string[];
}

/** A stack with the resource, in an account of its own. */
export interface Stack extends Deployed<Properties, { readonly Regions: string; readonly SkippedRegions: string }> {
  readonly ec2: FakeEc2;

  /** What was done about account defaults in a Region. */
  defaultsOf(region: string): Defaults;
}

/** The Regions of an account; nothing is set in them, unless it is said. */
export interface Regions {
  readonly [name: string]: Partial<Region>;
}

/**
 * Runs a test against an account with these Regions.
 *
 * @param runs the function to run; the one that was written, unless it is said
 */
export async function inAccount(regions: Regions, test: (stack: Stack) => Promise<void>, runs: Handler = handler): Promise<void> {
  const server = new FakeEc2(Object.fromEntries(Object.entries(regions).map(([name, region]) => [name, { defaults: {}, ...region }])));
  await beside(server, async ec2 => test({ ...deployed(runs, ec2), ec2, defaultsOf: region => ec2.regions[region].defaults }));
}
