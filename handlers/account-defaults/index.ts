/**
 * The function behind `ImdsAccountDefaults`: sets the account defaults of the instance metadata service, for which CloudFormation has no
 * resource type, in one Region or many.
 *
 * It has to fit into a template as inline code once it is bundled: `npm run handlers`.
 */
import type { Outcome } from '../custom-resource/answering';
import { answering } from '../custom-resource/answering';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { messageOf } from '../custom-resource/message-of';
import { accountRegions } from './account-regions';
import { converge } from './converge';
import type { Event } from './event';
import { failure } from './failure';
import { targetsOf } from './targets';

export const handler = answering(carryOut);

async function carryOut(event: Event, context: Context): Promise<Outcome> {
  const { wanted, holding, skipped } = targetsOf(event, await eventually(async () => accountRegions(context), context));
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
