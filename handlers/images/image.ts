import type { EC2, Image } from '@aws-sdk/client-ec2';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { inTime } from '../custom-resource/in-time';

/** The value of `ImdsSupport` with which launches from an image require tokens. There is no other, and no way back. */
export const V2 = 'v2.0';

/** What an image is on its way to being available. */
const ON_THE_WAY = ['pending', 'transient'];

/** How long to wait until EC2 is asked again, in milliseconds. */
const PAUSE = 5_000;

/** What is kept of the time that Lambda gives, for cleaning up and for the response, in milliseconds. */
const TIME_TO_CLEAN_UP = 120_000;

/** An image as EC2 describes it. */
export async function imageOf(client: EC2, ImageId: string, context: Context): Promise<Image> {
  return eventually(async () => {
    const { Images: [image] = [] } = await client.describeImages({ ImageIds: [ImageId] }, inTime(context));
    if (!image) { throw new Error(`EC2 knows no image ${ImageId}`); }
    return image;
  });
}

/**
 * An image, once it is available.
 *
 * @throws Error where it is not going to be, or the time is nearly over
 */
export async function availableImage(client: EC2, id: string, context: Context): Promise<Image> {
  for (;;) {
    const image = await imageOf(client, id, context);
    const { State, StateReason } = image;
    if (State === 'available') { return image; }
    if (!ON_THE_WAY.includes(State!)) { throw new Error(`${id} is ${State}: ${StateReason?.Message ?? 'EC2 gives no reason'}`); }
    if (context.getRemainingTimeInMillis() < TIME_TO_CLEAN_UP) { throw new Error(`${id} is still ${State}`); }
    await new Promise(resolve => setTimeout(resolve, PAUSE));
  }
}
