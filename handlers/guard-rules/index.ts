/**
 * The function for the rules of `ImdsGuardHookStackSet`. It writes the rules into the bucket of its stack, and deletes the bucket with the stack.
 *
 * The rules are in its own code, and the bucket is in its environment. A request contains neither, so a principal that can invoke it gains nothing.
 *
 * The bundled code must fit into a template as inline code: `npm run handlers`.
 */
import { S3 } from '@aws-sdk/client-s3';
import { answering, type Outcome } from '../custom-resource/answering';
import type { Context, Event } from '../custom-resource/event';
import type { Properties } from './properties';
import { removeWithStack } from './remove-with-stack';
import { writeRules } from './write-rules';

export const handler = answering(carryOut);

async function carryOut(event: Event<Properties>, context: Context): Promise<Outcome> {
  const s3 = new S3({ maxAttempts: 5 });
  const { BUCKET = '', KEY = '' } = process.env;
  const isDeletion = event.RequestType === 'Delete';
  if (event.ResourceProperties?.Rules) {
    return isDeletion ? { Reason: `the rules are kept as long as ${BUCKET} exists` } : writeRules(s3, BUCKET, KEY, event, context);
  }
  return isDeletion ? removeWithStack(s3, BUCKET, KEY, event, context) : { Reason: `${BUCKET} is deleted with the stack` };
}
