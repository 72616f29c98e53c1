/**
 * The function behind `ImageImdsSupport`: has launches from an image of the account require tokens. That cannot be taken back, so a deletion
 * leaves the image as it is, and says so.
 *
 * It has to fit into a template as inline code once it is bundled: `npm run handlers`.
 */
import { answering, type Outcome } from '../custom-resource/answering';
import type { Context, Event } from '../custom-resource/event';
import { messageOf } from '../custom-resource/message-of';
import { isStackIn } from '../custom-resource/stack-status';
import { clientIn } from '../ec2/client';
import { requireTokens } from '../images/require-tokens';

/** The properties of `Custom::ImageImdsSupport`. */
interface Properties {
  readonly ImageId: string;
}

export const handler = answering(carryOut);

async function carryOut(event: Event<Properties>, context: Context): Promise<Outcome> {
  const { RequestType, PhysicalResourceId, ResourceProperties } = event;
  const ImageId = ResourceProperties?.ImageId;
  if (RequestType === 'Delete') { return { Reason: `${ImageId} keeps its ImdsSupport: EC2 cannot unset it` }; }
  if (!ImageId) { throw new Error('ImageId is empty'); }
  const Reason = ImageId === PhysicalResourceId ? wasSet(ImageId) : await requireTokensFor(event, ImageId, context);
  return { Reason, PhysicalResourceId: ImageId, Data: { ImageId } };
}

async function requireTokensFor(event: Event<Properties>, imageId: string, context: Context): Promise<string> {
  try {
    return await requireTokens(clientIn(), imageId, event.StackId.split(':')[4], context);
  } catch (error) {
    if (await isStackIn('UPDATE_ROLLBACK_IN_PROGRESS', event, context)) { return `${wasSet(imageId)}; now ${messageOf(error)}`; }
    throw error;
  }
}

/** A rollback comes back to what was set before, and cannot be undone, whatever became of the image since. */
function wasSet(imageId: string): string {
  return `${imageId} was set before`;
}
