import type { EC2 } from '@aws-sdk/client-ec2';
import type { Outcome } from '../custom-resource/answering';
import type { Context } from '../custom-resource/event';
import { messageOf } from '../custom-resource/message-of';
import { availableImage, imageOf, V2 } from '../images/image';
import { cleanedUp, leaving, withoutLeftovers } from './clean-up';
import { findOrRegister } from './find-or-register';
import { nameFor } from './name';
import type { Event } from './properties';
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
  const waiting = { getRemainingTimeInMillis: () => context.getRemainingTimeInMillis() - TIME_TO_CLEAN_UP };
  const { id, isNew } = await findOrRegister(client, event, name, waiting);
  try {
    const { ImdsSupport = 'unset' } = await availableImage(client, await imageOf(client, id, waiting), waiting);
    if (ImdsSupport !== V2) { throw new Error(`EC2 did not take it: ImdsSupport of ${id} is ${ImdsSupport}, not ${V2}`); }
  } catch (error) {
    // What was there before stays, whatever became of it: CloudFormation may be on its way back to it, or never left it.
    if (id === event.PhysicalResourceId) { return { Reason: `${messageOf(error)}. ${id} stays`, Data: { ImageId: id, Name: name } }; }
    throw isNew ? await cleanedUp(client, event, id, messageOf(error), context) : leaving(event, `${messageOf(error)}. ${id} stays`);
  }
  return { Reason: `${isNew ? 'registered' : 'found'} ${id}${await withoutLeftovers(client, event, id, context)}`, PhysicalResourceId: id, Data: { ImageId: id, Name: name } };
}
