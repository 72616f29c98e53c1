import type { EC2 } from '@aws-sdk/client-ec2';
import type { Outcome } from '../custom-resource/answering';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { Failure } from '../custom-resource/failure';
import { inTime } from '../custom-resource/in-time';
import { messageOf } from '../custom-resource/message-of';
import { defaultIdOf } from '../custom-resource/respond';
import { availableImage, V2 } from '../images/image';
import { nameFor } from './name';
import { deregister, imageNamed, imageNamedSoon } from './own-images';
import { type Event, parametersIn } from './properties';

/** The states of images that are of no use to anybody any more. */
const BROKEN = ['failed', 'error', 'invalid', 'deregistered'];

/** The names of errors by which EC2 says that it registered nothing. */
const REFUSED = /^(?:Invalid(?!AMIName\.Duplicate)|Missing|Unauthorized|AuthFailure|RequestLimit|Unsupported|Incorrect|ResourceLimit|OptIn)/;

/** What is kept of the time, besides that for the response, for cleaning up, in milliseconds. */
const TIME_TO_CLEAN_UP = 60_000;

/** Registers the image that a request asks for, if it is not there yet, and waits for it. One that fails is deregistered, and CloudFormation told why. */
export async function register(client: EC2, event: Event, context: Context): Promise<Outcome> {
  if (!event.ResourceProperties?.Image) { throw new Error('Image is empty'); }
  const name = nameFor(event);
  const waiting = { getRemainingTimeInMillis: () => context.getRemainingTimeInMillis() - TIME_TO_CLEAN_UP };
  const { id, isNew } = await findOrRegister(client, event, name, waiting);
  try {
    const { ImdsSupport = 'unset' } = await availableImage(client, id, waiting);
    if (ImdsSupport !== V2) { throw new Error(`EC2 did not take it: ImdsSupport of ${id} is ${ImdsSupport}, not ${V2}`); }
  } catch (error) {
    // What was there before stays, whatever became of it: CloudFormation may be on its way back to it, or never left it.
    if (id === event.PhysicalResourceId) { return { Reason: `${messageOf(error)}. ${id} stays`, Data: { ImageId: id, Name: name } }; }
    throw isNew ? await cleanedUp(client, event, id, messageOf(error), context) : leaving(event, `${messageOf(error)}. ${id} stays`);
  }
  return { Reason: `registered ${id}${await withoutLeftovers(client, event, id, context)}`, PhysicalResourceId: id, Data: { ImageId: id, Name: name } };
}

/** The image of a name: it may be there, from an attempt that broke off, or since CloudFormation goes back to it. */
async function findOrRegister(client: EC2, event: Event, Name: string, context: Context): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const parameters = { ...parametersIn(event.ResourceProperties!), Name, ImdsSupport: V2 } as const;
  let isAsked = false;
  const attempt = async () => {
    const found = await imageNamed(client, Name, context);
    const isBroken = found && BROKEN.includes(found.State!) && found.ImageId !== event.PhysicalResourceId;
    if (found && !isBroken) { return { id: found.ImageId!, isNew: isAsked }; }
    if (found) { await deregister(client, found.ImageId!, false, context); }
    const { ImageId } = await client.registerImage(parameters, inTime(context)).catch((error: Error) => {
      // It may be registered all the same. Or it was there and not listed yet: a creation has no other of this name than one that it asked for.
      const isDuplicate = error.name === 'InvalidAMIName.Duplicate';
      isAsked = isDuplicate ? event.RequestType === 'Create' : isAsked || !REFUSED.test(error.name);
      throw error;
    });
    return { id: ImageId!, isNew: true };
  };
  return eventually(attempt, context).catch((error: Error) => {
    throw isAsked ? leaving(event, messageOf(error)) : error;
  });
}

/** The failure of an image that is deregistered again. */
async function cleanedUp(client: EC2, event: Event, id: string, message: string, context: Context): Promise<Error> {
  try {
    const { words } = await eventually(() => deregister(client, id, false, context), context);
    return new Error(`${message}. ${words}`);
  } catch (error) {
    return leaving(event, `${message}. ${id} is left: ${messageOf(error)}`);
  }
}

/** A failure that may leave an image: the deletion that follows a failed creation looks for it, if the id of the resource says so. */
function leaving(event: Event, message: string): Error {
  return event.RequestType === 'Create' ? new Failure(message, `${defaultIdOf(event)}/left`) : new Error(message);
}

/**
 * Deregisters the image of an update that CloudFormation gave up, and of which it never heard: it goes back to the image that the resource stands for
 * still. Images that are retained stay, since one of them may have come back in that update.
 */
async function withoutLeftovers(client: EC2, event: Event, id: string, context: Context): Promise<string> {
  const { PhysicalResourceId, ResourceProperties, OldResourceProperties } = event;
  const former = nameFor({ ...event, ResourceProperties: OldResourceProperties });
  if (id !== PhysicalResourceId || former === nameFor(event) || ResourceProperties?.Retain || OldResourceProperties?.Retain) { return ''; }
  try {
    const left = await imageNamedSoon(client, former, context);
    return left ? `; ${(await deregister(client, left.ImageId!, false, context)).words}` : '';
  } catch (error) {
    return `; ${former} may be left: ${messageOf(error)}`;
  }
}
