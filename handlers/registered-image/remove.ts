import type { EC2 } from '@aws-sdk/client-ec2';
import type { Outcome } from '../custom-resource/answering';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { messageOf } from '../custom-resource/message-of';
import { defaultIdOf } from '../custom-resource/respond';
import { confirmRemoval, isStoodFor } from './confirmation';
import { checkIdentity, checkIsAskedFor, checkTag } from './differences';
import { nameFor } from './name';
import { deregister, imageLeft, imageNamedSoon } from './own-images';
import type { Event } from './properties';
import { isTakenBack } from './taken-back';

/**
 * Deregisters the image of a resource, or an image that a failed creation may have left.
 *
 * @throws Error if the image of a successful creation cannot be deregistered, or its snapshots are left; but never during a rollback of the stack or
 * of a parent stack
 */
export async function remove(client: EC2, event: Event, context: Context): Promise<Outcome> {
  const { PhysicalResourceId = '' } = event;
  if (!/^ami-/.test(PhysicalResourceId)) { return { Reason: await leftRemoved(client, event, context) }; }
  try {
    return { Reason: await imageRemoved(client, event, PhysicalResourceId, context) };
  } catch (error) {
    if (await isTakenBack(event, context)) { return { Reason: `parts of ${PhysicalResourceId} remain: ${messageOf(error)}` }; }
    throw error;
  }
}

async function imageRemoved(client: EC2, event: Event, id: string, context: Context): Promise<string> {
  const image = await eventually(() => imageLeft(client, id, context), context);
  if (!image) { return `${id} no longer exists`; }
  const hasProof = image.Name !== nameFor(event) && await isStoodFor(event, id, context);
  (hasProof ? checkTag : checkIdentity)(image, event, 'It is kept: deregister it yourself, or retain the resource');
  await confirmRemoval(event, id, context);
  const { words, isIncomplete } = await eventually(() => deregister(client, id, event.ResourceProperties?.DeleteSnapshots === 'true', context), context);
  if (isIncomplete) { throw new Error(words); }
  return words;
}

/**
 * A failed creation has cleaned up, or its id shows that it has not. A creation that CloudFormation cancelled has an id that CloudFormation
 * generated. If images are retained, the image stays. It never fails, because a failure would block the rollback.
 */
async function leftRemoved(client: EC2, event: Event, context: Context): Promise<string> {
  const { PhysicalResourceId, ResourceProperties } = event;
  const name = nameFor(event);
  if (PhysicalResourceId === defaultIdOf(event) || !ResourceProperties?.Image) { return 'there is no image'; }
  if (ResourceProperties.Retain) { return `${name} is kept if it exists: images are retained`; }
  try {
    const left = await imageNamedSoon(client, name, context);
    if (!left) { return 'there is no image'; }
    checkIsAskedFor(left, event, 'It is kept');
    await confirmRemoval(event, left.ImageId!, context);
    return (await eventually(() => deregister(client, left.ImageId!, false, context), context)).words;
  } catch (error) {
    return `${name} may remain: ${messageOf(error)}`;
  }
}
