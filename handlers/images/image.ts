import type { DescribeImagesRequest, EC2, Image } from '@aws-sdk/client-ec2';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { inTime, timeLeft } from '../custom-resource/in-time';

/** The value of `ImdsSupport` with which launches from an image require tokens. There is no other, and no way back. */
export const V2 = 'v2.0';

/** What an image is on its way to being available. */
const ON_THE_WAY = ['pending', 'transient'];

/** How long to wait until EC2 is asked again, in milliseconds. */
const PAUSE = 5_000;

/** An image as EC2 describes it, disabled or not; `undefined` where there is none, or EC2 does not know of it yet. */
export async function described(client: EC2, which: DescribeImagesRequest, context: Context): Promise<Image | undefined> {
  const { Images = [] } = await client.describeImages({ ...which, IncludeDisabled: true }, inTime(context));
  return Images[0];
}

/** An image of which EC2 is known to know. */
export async function imageOf(client: EC2, id: string, context: Context): Promise<Image> {
  return eventually(async () => {
    const image = await described(client, { ImageIds: [id] }, context);
    if (!image) { throw new Error(`EC2 finds no image ${id}`); }
    return image;
  }, context);
}

/**
 * An image that was described, once it is available.
 *
 * @throws Error where it is not going to be, or the time is over
 */
export async function availableImage(client: EC2, image: Image, context: Context): Promise<Image> {
  const { State, StateReason, ImageId } = image;
  if (State === 'available') { return image; }
  if (!ON_THE_WAY.includes(State!)) { throw new Error(`${ImageId} is ${State}: ${StateReason?.Message ?? 'EC2 gives no reason'}`); }
  if (timeLeft(context) < PAUSE) { throw new Error(`${ImageId} is still ${State}`); }
  await new Promise(resolve => setTimeout(resolve, PAUSE));
  return availableImage(client, await imageOf(client, ImageId!, context), context);
}
