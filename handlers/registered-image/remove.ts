import type { EC2 } from '@aws-sdk/client-ec2';
import type { Outcome } from '../custom-resource/answering';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { defaultIdOf } from '../custom-resource/respond';
import { stackResource } from '../custom-resource/stack-resource';
import { nameFor } from './name';
import { deregister, imageNamedSoon } from './own-images';
import type { Event } from './properties';

/**
 * Deregisters the image that a resource stands for.
 *
 * @throws Error where EC2 refuses it, or snapshots are left that should have gone: another deletion finds the image gone, and goes through
 */
export async function remove(client: EC2, event: Event, context: Context): Promise<Outcome> {
  const { PhysicalResourceId = '', ResourceProperties } = event;
  if (/^ami-/.test(PhysicalResourceId)) {
    const deletes = ResourceProperties?.DeleteSnapshots === 'true';
    const { words, isIncomplete } = await eventually(() => deregister(client, PhysicalResourceId, deletes, context), context);
    if (isIncomplete) { throw new Error(words); }
    return { Reason: words };
  }
  // A creation that failed has cleaned up after it, or says by its id that it has not. So does one that CloudFormation gave up, whose id it made up.
  // Where images are retained, it might be one of them.
  const isClean = PhysicalResourceId === defaultIdOf(event) || ResourceProperties?.Retain;
  const left = isClean ? undefined : await imageNamedSoon(client, nameFor(event), context);
  if (!left) { return { Reason: 'there is no image' }; }
  // A creation that failed may be deleted after another one went through: CloudFormation can be told not to roll back, and to try again.
  if (left.ImageId === (await stackResource(event, context))?.PhysicalResourceId) { return { Reason: `${left.ImageId} is that of a later creation` }; }
  const { words } = await eventually(() => deregister(client, left.ImageId!, false, context), context);
  return { Reason: words };
}
