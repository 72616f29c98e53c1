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
 * Deregisters the image that a resource stands for, or that a failed creation may have left.
 *
 * @throws Error where the image of a creation that went through cannot go, or its snapshots are left that should have gone; but never where the stack is taken back, or one around it
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
 * A creation that failed has cleaned up after it, or says by its id that it has not. So does one that CloudFormation gave up, whose id it made up.
 * Where images are retained, it might be one of them. Whatever comes up, it ends: a failure would bar the way back.
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
