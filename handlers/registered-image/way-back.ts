import type { EC2, Image } from '@aws-sdk/client-ec2';
import type { Outcome } from '../custom-resource/answering';
import type { Context } from '../custom-resource/event';
import { messageOf } from '../custom-resource/message-of';
import { isStackIn } from '../custom-resource/stack-status';
import { V2 } from '../images/image';
import { sourceTraits } from './attribute-traits';
import { checkIsFormer } from './differences';
import { nameFor } from './name';
import { imageLeft, imageNamed, isBroken } from './own-images';
import type { Event } from './properties';
import { checkTraits } from './trait';

/**
 * Ends the rollback of an update that cannot return to the former image normally. It returns to the former image anyway, even if its state or tags
 * have changed, or else keeps the current image. A failed rollback would leave the whole stack in an intermediate state.
 *
 * @throws Error the original error, if CloudFormation is not rolling back an update
 */
export async function endedRollback(client: EC2, event: Event, error: unknown, context: Context): Promise<Outcome> {
  const { RequestType, PhysicalResourceId: present = '' } = event;
  const isRollback = RequestType === 'Update' && /^ami-/.test(present) && await isStackIn('UPDATE_ROLLBACK_IN_PROGRESS', event, context);
  if (!isRollback) { throw error; }
  const former = await formerImage(client, event, context);
  const id = former?.ImageId ?? present;
  const { Name = nameFor(event) } = former ?? await imageLeft(client, present, context).catch(() => undefined) ?? {};
  const words = id === present ? `The rollback keeps ${id}` : `The rollback returns to ${id} anyway`;
  return { Reason: `${messageOf(error)}. ${words}`, PhysicalResourceId: id, Data: { ImageId: id, Name } };
}

/** The former image of the resource, if it exists. Its tags and its state can have changed, but not its properties. */
async function formerImage(client: EC2, event: Event, context: Context): Promise<Image | undefined> {
  try {
    const image = await imageNamed(client, nameFor(event), context);
    if (!image || isBroken(image) || image.ImdsSupport !== V2) { return undefined; }
    checkIsFormer(image, event);
    checkTraits(image, await sourceTraits(client, image, event, context).catch(() => []), '');
    return image;
  } catch {
    return undefined;
  }
}
