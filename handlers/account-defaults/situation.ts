import type { Context } from '../custom-resource/event';
import { stackStatus } from '../custom-resource/stack-status';
import { isSame } from './configuration';
import { confirmation, unasked } from './confirmed';
import type { Event } from './event';
import { type Memory } from './memory';
import { Others, othersOf } from './others';

/** What CloudFormation says of a creation or an update. */
export interface Situation {
  /** Whether it takes back an update by this one. */
  readonly isWayBack: boolean;

  /** Why nothing may be written; empty where it may. */
  readonly refusal: string;

  /** Why nothing may be undone that is remembered; empty where it may. */
  readonly objection: string;
  readonly others: Others;
}

/**
 * Asks CloudFormation, which an update cannot tell by itself.
 *
 * Where it does not answer, an update that asks for what the resource already is counts as one by which it takes back another that failed.
 */
export async function situationOf(event: Event, memory: Memory | undefined, context: Context): Promise<Situation> {
  const nobody = new Others(event);
  let status: string | undefined;
  let silence = '';
  try {
    status = await stackStatus(event, context);
  } catch (error) {
    silence = unasked(error);
  }
  const isWayBack = event.RequestType === 'Update' && (status?.includes('ROLLBACK') ?? isSame(memory, event.ResourceProperties));
  const { objection, said } = await confirmation(event, context);
  const isUpdating = isWayBack && said?.ResourceStatus === 'UPDATE_IN_PROGRESS';
  const refusal = silence || (isUpdating ? '' : objection);
  if (refusal) { return { isWayBack, refusal, objection, others: nobody }; }
  return othersOf(event, context).then(
    others => ({ isWayBack, refusal, objection, others }),
    error => ({ isWayBack, refusal: isWayBack ? '' : unasked(error), objection, others: nobody }),
  );
}
