import type { EC2 } from '@aws-sdk/client-ec2';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { Failure } from '../custom-resource/failure';
import { messageOf } from '../custom-resource/message-of';
import { defaultIdOf } from '../custom-resource/respond';
import { confirmChange } from './confirmation';
import { checkIsAskedFor } from './differences';
import { nameFor } from './name';
import { deregister, imageNamedSoon } from './own-images';
import type { Event } from './properties';

/** Deregisters the failed image of this request, and returns the failure. */
export async function cleanedUp(client: EC2, event: Event, id: string, message: string, context: Context): Promise<Error> {
  try {
    const { words } = await eventually(() => deregister(client, id, false, context), context);
    return new Error(`${message}. ${words}`);
  } catch (error) {
    return leaving(event, `${message}. ${id} remains: ${messageOf(error)}`);
  }
}

/** A failure that may leave an image. If the id of the resource contains this, the deletion after a failed creation searches for the image. */
export function leaving(event: Event, message: string): Error {
  return event.RequestType === 'Create' ? new Failure(message, `${defaultIdOf(event)}/left`) : new Error(message);
}

/**
 * Deregisters the image of an update that CloudFormation cancelled without an answer, and returns to the current image of the resource. Retained
 * images stay, because the update may have used one of them again.
 */
export async function withoutLeftovers(client: EC2, event: Event, id: string, context: Context): Promise<string> {
  const { PhysicalResourceId, ResourceProperties, OldResourceProperties } = event;
  const given = { ...event, ResourceProperties: OldResourceProperties };
  const name = nameFor(given);
  if (id !== PhysicalResourceId || name === nameFor(event) || ResourceProperties?.Retain || OldResourceProperties?.Retain) { return ''; }
  try {
    const left = await imageNamedSoon(client, name, context);
    if (!left) { return ''; }
    checkIsAskedFor(left, given, 'It is kept');
    await confirmChange(event, context, id);
    return `; ${(await deregister(client, left.ImageId!, false, context)).words}`;
  } catch (error) {
    return `; ${name} may remain: ${messageOf(error)}`;
  }
}
