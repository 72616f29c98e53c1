import type { EC2, Image } from '@aws-sdk/client-ec2';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { inTime } from '../custom-resource/in-time';
import { messageOf } from '../custom-resource/message-of';
import { V2 } from '../images/image';
import { leaving } from './clean-up';
import { confirmChange } from './confirmation';
import { checkIsAskedFor } from './differences';
import { deregister, imageNamed, isBroken } from './own-images';
import { type Event, parametersIn } from './properties';

/** The names of errors by which EC2 says that it registered nothing. */
const REFUSED = /^(?:Invalid(?!AMIName\.Duplicate)|Missing|Unauthorized|AuthFailure|RequestLimit|Unsupported|Incorrect|ResourceLimit|OptIn)/;

/** An image, and whether this request had it registered. */
export interface Found {
  readonly id: string;
  readonly isNew: boolean;

  /** Whether it was found by its name, which somebody else may have taken: EC2 did not give its id for this request. */
  readonly isByName: boolean;
}

/**
 * The image of a name: it may be there, from an attempt that broke off, or since CloudFormation goes back to it.
 *
 * @throws Error where the name is taken by another image, EC2 refuses to register it, or CloudFormation does not ask for it
 */
export async function findOrRegister(client: EC2, event: Event, name: string, context: Context): Promise<Found> {
  const found = await eventually(() => usable(client, event, name, context), context);
  if (found && !givesWay(found, event)) { return { id: found.ImageId!, isNew: false, isByName: true }; }
  await confirmChange(event, context);
  return registered(client, event, name, context);
}

async function registered(client: EC2, event: Event, Name: string, context: Context): Promise<Found> {
  const parameters = { ...parametersIn(event.ResourceProperties!), Name, ImdsSupport: V2 } as const;
  let isAsked = false;
  const attempt = async () => {
    const found = await usable(client, event, Name, context);
    if (found && !givesWay(found, event)) { return { id: found.ImageId!, isNew: isAsked, isByName: true }; }
    if (found) { await deregister(client, found.ImageId!, false, context); }
    const { ImageId } = await client.registerImage(parameters, inTime(context)).catch((error: Error) => {
      // It may be registered all the same. Or it was there and not listed yet: a creation has no other of this name than one that it asked for.
      const isDuplicate = error.name === 'InvalidAMIName.Duplicate';
      isAsked = isDuplicate ? event.RequestType === 'Create' : isAsked || !REFUSED.test(error.name);
      throw error;
    });
    return { id: ImageId!, isNew: true, isByName: false };
  };
  return eventually(attempt, context).catch((error: Error) => {
    throw isAsked ? leaving(event, messageOf(error)) : error;
  });
}

/**
 * The image of a name, if there is one.
 *
 * That which CloudFormation has the resource stand for stays what it was, whatever became of its tags: there is no other to go back to.
 *
 * @throws Error where it is another image
 */
async function usable(client: EC2, event: Event, name: string, context: Context): Promise<Image | undefined> {
  const image = await imageNamed(client, name, context);
  if (!image || image.ImageId === event.PhysicalResourceId) { return image; }
  checkIsAskedFor(image, event, hintFor(name));
  return image;
}

/** What to do where another image has the name. */
export function hintFor(name: string): string {
  return `It already has the name ${name}: deregister it or choose another imageName`;
}

/** Whether an image of the name has to give way. That which CloudFormation has the resource stand for never does. */
function givesWay(image: Image, { PhysicalResourceId }: Event): boolean {
  return isBroken(image) && image.ImageId !== PhysicalResourceId;
}
