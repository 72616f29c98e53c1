/**
 * The function behind `ImdsAccountDefaults`: sets the account defaults of the instance metadata service, for which CloudFormation has no
 * resource type, in one Region or many.
 *
 * It has to fit into a template as inline code once it is bundled: `npm run handlers`.
 */
import { accountRegions } from './account-regions';
import { converge } from './converge';
import type { Context, Event } from './event';
import { eventually } from './eventually';
import { failure, messageOf } from './failure';
import { respond, type Result } from './respond';
import { targetsOf } from './targets';

export async function handler(event: Event, context: Context): Promise<void> {
  if (!event?.ResponseURL) { return; }

  let result: Result;
  try {
    result = { Status: 'SUCCESS', ...await carryOut(event, context) };
  } catch (error) {
    result = { Status: 'FAILED', Reason: messageOf(error) };
  }
  console.log(result);
  await respond(event, result);
}

async function carryOut(event: Event, context: Context): Promise<Omit<Result, 'Status'>> {
  const { wanted, holding, skipped } = targetsOf(event, await eventually(async () => accountRegions(context)));
  const notes: string[] = [];
  const failures = new Map<string, string>();
  await Promise.all([...wanted].map(async ([region, settings]) => {
    try {
      const note = await converge(region, settings, context);
      if (note) { notes.push(`${region}: ${note}`); }
    } catch (error) {
      failures.set(region, messageOf(error));
    }
  }));

  if (failures.size > 0) { throw new Error(failure(failures, wanted.size)); }
  return { Reason: notes.join('; ') || 'done', Data: { Regions: namesOf(holding), SkippedRegions: namesOf(skipped) } };
}

/** CloudFormation exports no value that is empty. */
function namesOf(regions: readonly string[]): string {
  return regions.join() || 'none';
}
