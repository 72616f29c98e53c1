/**
 * The function of `ImageImdsSupport`. It sets `ImdsSupport` on an image of the account. This cannot be undone, so a deletion does not change the
 * image, and reports this.
 *
 * The bundled code must fit into a template as inline code: `npm run handlers`.
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

/** The message of a rollback. The image keeps the attribute, whatever has happened to it since. */
function wasSet(imageId: string): string {
  return `${imageId} was set before`;
}
