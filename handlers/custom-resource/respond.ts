import type { Context, Event } from './event';
import { eventually } from './eventually';

/** How a request ended. */
export interface Result {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason: string;

  /** What the resource is called from now on; as before, where it is not given. */
  readonly PhysicalResourceId?: string;
  readonly Data?: { readonly [attribute: string]: string };
}

/** CloudFormation takes no longer response, in bytes. */
const MOST_BYTES = 4_096;

/**
 * Tells CloudFormation, which waits for it.
 *
 * @param context tells when to give up, where something has to be done after that
 * @throws Error where it cannot be told: then Lambda runs the function again, which finds everything done
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
export async function respond(event: Event<unknown>, result: Result, context?: Context): Promise<void> {
  // The presigned URL is for no content type: `fetch` names one with a text, and none with bytes.
  const request = { method: 'PUT', body: bodyOf(event, { ...result, Reason: result.Reason.slice(0, MOST_BYTES) }) };
  await eventually(async () => {
    const { ok, status } = await fetch(event.ResponseURL, { ...request, signal: AbortSignal.timeout(10_000) });
    if (!ok) { throw new Error(`response: ${status}`); }
  }, context);
}

/** The physical id stays as it was first given, unless the result says otherwise: at another one CloudFormation deletes the "old" resource. */
function bodyOf(event: Event<unknown>, result: Result): Uint8Array<ArrayBuffer> {
  const { StackId, RequestId, LogicalResourceId, PhysicalResourceId = defaultIdOf(event) } = event;
  const body = Buffer.from(JSON.stringify({ StackId, RequestId, LogicalResourceId, PhysicalResourceId, ...result }));
  return body.length > MOST_BYTES && result.Reason ? bodyOf(event, { ...result, Reason: result.Reason.slice(0, -40) }) : body;
}

/** The physical id of a resource that no handler gives one. */
export function defaultIdOf({ StackId, LogicalResourceId }: Event<unknown>): string {
  return `${StackId}/${LogicalResourceId}`;
}
