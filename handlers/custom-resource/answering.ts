import type { Context, Event } from './event';
import { Failure } from './failure';
import { messageOf } from './message-of';
import type { Result } from './respond';
import { respond } from './respond';

/** What a request came to, where it did not fail. */
export type Outcome = Omit<Result, 'Status'>;

/** A handler that carries out what CloudFormation sends, and tells it how that ended. */
export function answering<Properties>(carryOut: (event: Event<Properties>, context: Context) => Promise<Outcome>) {
  return async (event: Event<Properties>, context: Context): Promise<void> => {
    if (!event?.ResponseURL) { return; }

    const result = await carryOut(event, context).then(
      (outcome): Result => ({ Status: 'SUCCESS', ...outcome }),
      (error): Result => ({ Status: 'FAILED', Reason: messageOf(error), ...error instanceof Failure ? { PhysicalResourceId: error.physicalId } : {} }),
    );
    console.log(result);
    await respond(event, result);
  };
}
