import type { EC2, Image } from '@aws-sdk/client-ec2';
import type { Outcome } from '../custom-resource/answering';
import type { Context } from '../custom-resource/event';
import { keeping } from '../custom-resource/keeping';
import { messageOf } from '../custom-resource/message-of';
import { availableImage, imageOf, V2 } from '../images/image';
import { sharingTraits, sourceTraits } from './attribute-traits';
import { cleanedUp, leaving, withoutLeftovers } from './clean-up';
import { findOrRegister, hintFor } from './find-or-register';
import { nameFor } from './name';
import type { Event } from './properties';
import { AnotherImage, checkTraits } from './trait';
import { endedRollback } from './way-back';

/** What is kept of the time, besides that for the response, for cleaning up, in milliseconds. */
const TIME_TO_CLEAN_UP = 60_000;

/** Registers the image that a request asks for, if it is not there yet, and waits for it. One that fails is deregistered, and CloudFormation told why. */
export async function register(client: EC2, event: Event, context: Context): Promise<Outcome> {
  if (!event.ResourceProperties?.Image) { throw new Error('Image is empty'); }
  try {
    return await usableImage(client, event, context);
  } catch (error) {
    return endedRollback(client, event, error, context);
  }
}

async function usableImage(client: EC2, event: Event, context: Context): Promise<Outcome> {
  const name = nameFor(event);
  const waiting = keeping(context, TIME_TO_CLEAN_UP);
  const { id, isNew, isByName } = await findOrRegister(client, event, name, waiting);
  try {
    const image = await availableImage(client, await imageOf(client, id, waiting), waiting);
    if (image.ImdsSupport !== V2) { throw new Error(`EC2 did not apply the change: ImdsSupport of ${id} is ${image.ImdsSupport ?? 'unset'}, not ${V2}`); }
    if (isByName && id !== event.PhysicalResourceId) { await checkAttributes(client, image, event, waiting); }
  } catch (error) {
    // What was there before stays, whatever became of it: CloudFormation may be on its way back to it, or never left it.
    if (id === event.PhysicalResourceId) { return { Reason: `${messageOf(error)}. ${id} is kept`, Data: { ImageId: id, Name: name } }; }
    if (error instanceof AnotherImage) { throw error; }
    throw isNew ? await cleanedUp(client, event, id, messageOf(error), context) : leaving(event, `${messageOf(error)}. ${id} is kept`);
  }
  return { Reason: `${isNew ? 'registered' : 'found'} ${id}${await withoutLeftovers(client, event, id, context)}`, PhysicalResourceId: id, Data: { ImageId: id, Name: name } };
}

/** Checks what EC2 tells only of an image that is available. */
async function checkAttributes(client: EC2, image: Image, event: Event, context: Context): Promise<void> {
  const traits = [...await sourceTraits(client, image, event, context), ...await sharingTraits(client, image, event, context)];
  checkTraits(image, traits, hintFor(nameFor(event)));
}
