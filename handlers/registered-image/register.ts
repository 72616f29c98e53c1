import type { EC2 } from '@aws-sdk/client-ec2';
import type { Outcome } from '../custom-resource/answering';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { Failure } from '../custom-resource/failure';
import { inTime } from '../custom-resource/in-time';
import { messageOf } from '../custom-resource/message-of';
import { availableImage, V2 } from '../images/image';
import { nameFor } from './name';
import { deregister, imageNamed } from './own-images';
import { type Event, parametersIn } from './properties';

/** The states of images that are of no use to anybody any more. */
const BROKEN = ['failed', 'error', 'invalid', 'deregistered'];

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
    // What was there before stays, whatever became of it: CloudFormation may be on its way back to it.
    throw isNew ? await cleanedUp(client, event, id, messageOf(error), context) : new Error(`${messageOf(error)}. ${id} stays`);
  }
  return { Reason: `registered ${id}${await withoutLeftovers(client, event, id, context)}`, PhysicalResourceId: id, Data: { ImageId: id, Name: name } };
}

/** The image of a name: it may be there, from an attempt that broke off, or since CloudFormation goes back to it. */
async function findOrRegister(client: EC2, { ResourceProperties, PhysicalResourceId }: Event, Name: string, context: Context) {
  const parameters = { ...parametersIn(ResourceProperties!), Name, ImdsSupport: V2 } as const;
  return eventually(async () => {
    const found = await imageNamed(client, Name, context);
    const isBroken = found && BROKEN.includes(found.State!) && found.ImageId !== PhysicalResourceId;
    if (found && !isBroken) { return { id: found.ImageId!, isNew: false }; }
    if (found) { await deregister(client, found.ImageId!, false, context); }
    return { id: (await client.registerImage(parameters, inTime(context))).ImageId!, isNew: true };
  }, context);
}

/** The failure of an image that is deregistered again. Where that fails too, the deletion that follows a failed creation makes up for it. */
async function cleanedUp(client: EC2, { RequestType }: Event, id: string, message: string, context: Context): Promise<Error> {
  try {
    return new Error(`${message}. ${await eventually(() => deregister(client, id, false, context), context)}`);
  } catch (error) {
    const both = `${message}. ${id} is left: ${messageOf(error)}`;
    return RequestType === 'Create' ? new Failure(both, id) : new Error(both);
  }
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
    const left = await imageNamed(client, former, context);
    return left ? `; ${await deregister(client, left.ImageId!, false, context)}` : '';
  } catch (error) {
    return `; ${former} may be left: ${messageOf(error)}`;
  }
}
