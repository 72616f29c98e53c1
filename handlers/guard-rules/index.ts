/**
 * The function behind the rules of `ImdsGuardHookStackSet`: writes them into the bucket of its stack, and takes that away with the stack.
 *
 * What it writes is in its own code, and where it writes is in its environment: no event says either. So whoever may invoke it gains nothing.
 *
 * It has to fit into a template as inline code once it is bundled: `npm run handlers`.
 */
import { brotliDecompressSync } from 'zlib';
import { S3 } from '@aws-sdk/client-s3';
import { answering, type Outcome } from '../custom-resource/answering';
import type { Context, Event } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { messageOf } from '../custom-resource/message-of';
import { stackResource } from '../custom-resource/stack-resource';
import { removeBucket } from './remove-bucket';
import { written } from './written';

/** The rules, packed: the construct writes them in front of this code. */
declare const GUARD_RULES: string;

export const handler = answering(carryOut);

async function carryOut(event: Event<unknown>, context: Context): Promise<Outcome> {
  const s3 = new S3({ maxAttempts: 5 });
  const { BUCKET: Bucket = '', KEY: Key = '' } = process.env;
  if (event.RequestType === 'Delete') { return remove(s3, Bucket, Key, event, context); }

  const rules = brotliDecompressSync(Buffer.from(GUARD_RULES, 'base64'));
  const VersionId = await eventually(() => written(s3, { Bucket, Key, Body: rules }, context), context);
  if (!VersionId || VersionId === 'null') { throw new Error(`${Bucket} has to keep versions`); } // one that keeps none, or no longer
  return { Reason: `the rules are version ${VersionId}`, Data: { VersionId } };
}

/** A deletion always ends: what it cannot take away, it names. */
async function remove(s3: S3, bucket: string, key: string, event: Event<unknown>, context: Context): Promise<Outcome> {
  try {
    if (!await isDeleted(event, context)) { return { Reason: `${bucket} stays: CloudFormation is not deleting the rules` }; }
    await removeBucket(s3, bucket, key, context);
    return { Reason: `${bucket} is gone` };
  } catch (error) {
    return { Reason: `${bucket} is left: ${messageOf(error)}` };
  }
}

/** Whether CloudFormation says so itself. The role may ask for its own stack alone. */
async function isDeleted(event: Event<unknown>, context: Context): Promise<boolean> {
  const { ResourceStatus, ResourceType } = await stackResource(event, context) ?? {};
  return ResourceType === 'Custom::ImdsGuardRules' && ResourceStatus === 'DELETE_IN_PROGRESS';
}
