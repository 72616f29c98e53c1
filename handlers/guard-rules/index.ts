/**
 * The function behind the rules of `ImdsGuardHookStackSet`: writes them into the bucket of its stack, and takes that away with the stack.
 *
 * What it writes is in its own code, and where it writes is in its environment: no event says either. So whoever may invoke it gains nothing.
 *
 * It has to fit into a template as inline code once it is bundled: `npm run handlers`.
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
