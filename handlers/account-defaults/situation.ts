import type { Context } from '../custom-resource/event';
import { stackStatus } from '../custom-resource/stack-status';
import { isSame } from './configuration';
import { confirmation, noAnswerText } from './confirmed';
import type { Event } from './event';
import { type Memory } from './memory';
import { Others, othersOf } from './others';

/** The context of a creation or an update, from CloudFormation. */
export interface Situation {
  /** Whether this update rolls back an update. */
  readonly isWayBack: boolean;

  /** Why nothing may be written. Empty if it may. */
  readonly refusal: string;

  /** Why no remembered change may be undone. Empty if it may. */
  readonly objection: string;
  readonly others: Others;
}

/**
 * Reads the context from CloudFormation, because a request does not contain it.
 *
 * If CloudFormation does not answer, an update to the values that the resource already has counts as a rollback of a failed update.
 */
export async function situationOf(event: Event, memory: Memory | undefined, context: Context): Promise<Situation> {
  const nobody = new Others(event);
  let status: string | undefined;
  let silence = '';
  try {
    status = await stackStatus(event, context);
  } catch (error) {
    silence = noAnswerText(error);
  }
  const isWayBack = event.RequestType === 'Update' && (status?.includes('ROLLBACK') ?? isSame(memory, event.ResourceProperties));
  const { objection, said } = await confirmation(event, context);
  const isUpdating = isWayBack && said?.ResourceStatus === 'UPDATE_IN_PROGRESS';
  const refusal = silence || (isUpdating ? '' : objection);
  if (refusal) { return { isWayBack, refusal, objection, others: nobody }; }
  return othersOf(event, context).then(
    others => ({ isWayBack, refusal, objection, others }),
    error => ({ isWayBack, refusal: isWayBack ? '' : noAnswerText(error), objection, others: nobody }),
  );
}
