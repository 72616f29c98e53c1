import type { EC2 } from '@aws-sdk/client-ec2';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { inTime } from '../custom-resource/in-time';
import { availableImage, imageOf, V2 } from './image';

/**
 * Sets `ImdsSupport` on an available image if it is not set, and reads it back.
 *
 * @returns the result, in words
 * @throws Error if the image belongs to another account, cannot become available, or EC2 did not take the value
 */
export async function requireTokens(client: EC2, ImageId: string, account: string, context: Context): Promise<string> {
  const image = await imageOf(client, ImageId, context);
  const { OwnerId, ImdsSupport } = image;
  if (OwnerId !== account) { throw new Error(`${ImageId} belongs to ${OwnerId}: only the owner of an image can set its ImdsSupport, so copy it into ${account}`); }
  if (ImdsSupport === V2) { return `${ImageId} already has ImdsSupport ${V2}`; }

  await availableImage(client, image, context);
  await eventually(() => client.modifyImageAttribute({ ImageId, ImdsSupport: { Value: V2 } }, inTime(context)), context);
  await eventually(async () => {
    const { ImdsSupport: now = 'unset' } = await imageOf(client, ImageId, context);
    if (now !== V2) { throw new Error(`EC2 did not apply the change: ImdsSupport of ${ImageId} is ${now}, not ${V2}`); }
  }, context);
  return `${ImageId} now has ImdsSupport ${V2}, permanently`;
}
