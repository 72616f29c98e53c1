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

/** The time in milliseconds that is reserved for cleaning up, in addition to that for the response. */
const TIME_TO_CLEAN_UP = 60_000;

/** Registers the requested image if it does not exist, and waits for it. If it fails, it is deregistered, and CloudFormation gets the reason. */
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
    // The earlier image stays in any case, because CloudFormation may return to it, or may still use it.
    if (id === event.PhysicalResourceId) { return { Reason: `${messageOf(error)}. ${id} is kept`, Data: { ImageId: id, Name: name } }; }
    if (error instanceof AnotherImage) { throw error; }
    throw isNew ? await cleanedUp(client, event, id, messageOf(error), context) : leaving(event, `${messageOf(error)}. ${id} is kept`);
  }
  return { Reason: `${isNew ? 'registered' : 'found'} ${id}${await withoutLeftovers(client, event, id, context)}`, PhysicalResourceId: id, Data: { ImageId: id, Name: name } };
}

/** Checks that are only possible for an available image. */
async function checkAttributes(client: EC2, image: Image, event: Event, context: Context): Promise<void> {
  const traits = [...await sourceTraits(client, image, event, context), ...await sharingTraits(client, image, event, context)];
  checkTraits(image, traits, hintFor(nameFor(event)));
}
