/**
 * The function behind `ImageImdsSupport`: has launches from an image of the account require tokens. That cannot be taken back, so a deletion
 * leaves the image as it is, and says so.
 *
 * It has to fit into a template as inline code once it is bundled: `npm run handlers`.
 */
import { answering, type Outcome } from '../custom-resource/answering';
import type { Context, Event } from '../custom-resource/event';
import { clientIn } from '../ec2/client';
import { V2 } from '../images/image';
import { requireTokens } from '../images/require-tokens';

/** The properties of `Custom::ImageImdsSupport`. */
interface Properties {
  readonly ImageId: string;
}

export const handler = answering(carryOut);

async function carryOut({ RequestType, StackId, PhysicalResourceId, ResourceProperties }: Event<Properties>, context: Context): Promise<Outcome> {
  const ImageId = ResourceProperties?.ImageId;
  if (RequestType === 'Delete') { return { Reason: `${ImageId} keeps ImdsSupport ${V2} where it has it: EC2 cannot take that back` }; }
  if (!ImageId) { throw new Error('ImageId is empty'); }
  // A rollback comes back to what was set before, and cannot be undone, whatever became of the image since.
  const isSet = ImageId === PhysicalResourceId;
  const Reason = isSet ? `${ImageId} was set before` : await requireTokens(clientIn(), ImageId, StackId.split(':')[4], context);
  return { Reason, PhysicalResourceId: ImageId, Data: { ImageId } };
}
