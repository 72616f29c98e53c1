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

/** The errors after which EC2 has registered nothing. */
const REFUSED = /^(?:Invalid(?!AMIName\.Duplicate)|Missing|Unauthorized|AuthFailure|RequestLimit|Unsupported|Incorrect|ResourceLimit|OptIn)/;

/** An image, and whether this request registered it. */
export interface Found {
  readonly id: string;
  readonly isNew: boolean;

  /** Whether it was found by its name, which somebody else may have used. EC2 did not return its id for this request. */
  readonly isByName: boolean;
}

/**
 * Finds or registers the image with a name. It can exist from an interrupted attempt, or because CloudFormation returns to it.
 *
 * @throws Error if another image has the name, EC2 refuses to register it, or CloudFormation did not request it
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
      // EC2 may have registered the image anyway. Or it existed and was not listed yet: a creation only finds an image with this name that it
      // requested itself.
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
 * Finds the image with a name.
 *
 * The image that the resource has in CloudFormation is accepted even if its tags have changed, because there is no other one to return to.
 *
 * @throws Error if it is another image
 */
async function usable(client: EC2, event: Event, name: string, context: Context): Promise<Image | undefined> {
  const image = await imageNamed(client, name, context);
  if (!image || image.ImageId === event.PhysicalResourceId) { return image; }
  checkIsAskedFor(image, event, hintFor(name));
  return image;
}

/** The advice if another image has the name. */
export function hintFor(name: string): string {
  return `It already has the name ${name}: deregister it or choose another imageName`;
}

/** Whether a broken image is replaced. The image that the resource has in CloudFormation never is. */
function givesWay(image: Image, { PhysicalResourceId }: Event): boolean {
  return isBroken(image) && image.ImageId !== PhysicalResourceId;
}
