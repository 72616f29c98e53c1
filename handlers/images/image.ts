import type { DescribeImagesRequest, EC2, Image } from '@aws-sdk/client-ec2';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { inTime, timeLeft } from '../custom-resource/in-time';

/** The value of `ImdsSupport` that requires tokens. It is the only value, and cannot be removed. */
export const V2 = 'v2.0';

/** The states of an image that is not available yet. */
const ON_THE_WAY = ['pending', 'transient'];

/** The milliseconds between calls to EC2. */
const PAUSE = 5_000;

/** An image in EC2, disabled or not. `undefined` if it does not exist, or EC2 does not return it yet. */
export async function described(client: EC2, which: DescribeImagesRequest, context: Context): Promise<Image | undefined> {
  const { Images = [] } = await client.describeImages({ ...which, IncludeDisabled: true }, inTime(context));
  return Images[0];
}

/** An image that certainly exists. */
export async function imageOf(client: EC2, id: string, context: Context): Promise<Image> {
  return eventually(async () => {
    const image = await described(client, { ImageIds: [id] }, context);
    if (!image) { throw new Error(`EC2 finds no image ${id}`); }
    return image;
  }, context);
}

/**
 * Waits until an image is available.
 *
 * @throws Error if it cannot become available, or the time is over
 */
export async function availableImage(client: EC2, image: Image, context: Context): Promise<Image> {
  const { State, StateReason, ImageId } = image;
  if (State === 'available') { return image; }
  if (!ON_THE_WAY.includes(State!)) { throw new Error(`${ImageId} is ${State}: ${StateReason?.Message ?? 'EC2 gives no reason'}`); }
  if (timeLeft(context) < PAUSE) { throw new Error(`${ImageId} is still ${State}`); }
  await new Promise(resolve => setTimeout(resolve, PAUSE));
  return availableImage(client, await imageOf(client, ImageId!, context), context);
}
