import type { Context, Event } from './event';
import { eventually } from './eventually';

/** The result of a request. */
export interface Result {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason: string;

  /** The new physical id. Left out if it does not change. */
  readonly PhysicalResourceId?: string;
  readonly Data?: { readonly [attribute: string]: string };
}

/** The longest response that CloudFormation accepts, in bytes. */
const MOST_BYTES = 4_096;

/**
 * Sends the result to CloudFormation.
 *
 * @param context limits the time, if something has to be done after a failure
 * @throws Error if CloudFormation cannot be reached: then Lambda runs the function again, which finds everything done
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
export async function respond(event: Event<unknown>, result: Result, context?: Context): Promise<void> {
  // The presigned URL does not allow a content type. `fetch` sends one with a text body, but none with bytes.
  const request = { method: 'PUT', body: bodyOf(event, { ...result, Reason: result.Reason.slice(0, MOST_BYTES) }) };
  await eventually(async () => {
    const { ok, status } = await fetch(event.ResponseURL, { ...request, signal: AbortSignal.timeout(10_000) });
    if (!ok) { throw new Error(`response: ${status}`); }
  }, context);
}

/** The physical id stays the same unless the result has another one, because CloudFormation deletes the "old" resource after a change. */
function bodyOf(event: Event<unknown>, result: Result): Uint8Array<ArrayBuffer> {
  const { StackId, RequestId, LogicalResourceId, PhysicalResourceId = defaultIdOf(event) } = event;
  const body = Buffer.from(JSON.stringify({ StackId, RequestId, LogicalResourceId, PhysicalResourceId, ...result }));
  return body.length > MOST_BYTES && result.Reason ? bodyOf(event, { ...result, Reason: result.Reason.slice(0, -40) }) : body;
}

/** The physical id of a resource whose handler returns none. */
export function defaultIdOf({ StackId, LogicalResourceId }: Event<unknown>): string {
  return `${StackId}/${LogicalResourceId}`;
}
