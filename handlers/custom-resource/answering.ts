import type { Context, Event } from './event';
import { Failure } from './failure';
import { keeping } from './keeping';
import { messageOf } from './message-of';
import type { Result } from './respond';
import { respond } from './respond';

/** The result of a successful request. */
export interface Outcome extends Omit<Result, 'Status'> {
  /** What to do if CloudFormation cannot be reached, before Lambda runs the function again. */
  readonly unheard?: () => Promise<unknown>;
}

/** The time in milliseconds that is reserved for `unheard`. */
const TIME_TO_BE_UNHEARD = 60_000;

/** Creates a handler that handles requests of CloudFormation and sends the results. */
export function answering<Properties>(carryOut: (event: Event<Properties>, context: Context) => Promise<Outcome>) {
  return async (event: Event<Properties>, context: Context): Promise<void> => {
    if (!event?.ResponseURL) { return; }

    const { unheard, ...result } = await carryOut(event, context).then(
      (outcome): Result & Outcome => ({ Status: 'SUCCESS', ...outcome }),
      (error): Result & Outcome => ({ Status: 'FAILED', Reason: messageOf(error), ...error instanceof Failure ? { PhysicalResourceId: error.physicalId } : {} }),
    );
    console.log(result);
    await respond(event, result, unheard && keeping(context, TIME_TO_BE_UNHEARD)).catch(async error => {
      await unheard?.();
      throw error;
    });
  };
}
