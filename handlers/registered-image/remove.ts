import type { EC2, Image } from '@aws-sdk/client-ec2';
import type { Outcome } from '../custom-resource/answering';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { timeLeft } from '../custom-resource/in-time';
import { defaultIdOf } from '../custom-resource/respond';
import { nameFor } from './name';
import { deregister, imageNamed } from './own-images';
import type { Event } from './properties';

/** How often to look for an image that a creation may just be registering, and how long to wait until then, in milliseconds. */
const LOOKS = 12;
const PAUSE = 5_000;

/** Deregisters the image that a resource stands for. */
export async function remove(client: EC2, event: Event, context: Context): Promise<Outcome> {
  const { PhysicalResourceId = '', ResourceProperties } = event;
  if (/^ami-/.test(PhysicalResourceId)) {
    return { Reason: await eventually(() => deregister(client, PhysicalResourceId, ResourceProperties?.DeleteSnapshots === 'true', context), context) };
  }
  // A creation that failed has cleaned up after it. One that CloudFormation gave up, whose id it made up itself, has not.
  const left = PhysicalResourceId === defaultIdOf(event) ? undefined : await leftBehind(client, event, context);
  return { Reason: left ? await eventually(() => deregister(client, left.ImageId!, false, context), context) : 'there is no image' };
}

/** The image of a creation of which CloudFormation heard nothing. That may be under way still. */
async function leftBehind(client: EC2, event: Event, context: Context): Promise<Image | undefined> {
  for (let look = 1; ; look++) {
    const image = await eventually(() => imageNamed(client, nameFor(event), context), context);
    if (image || look === LOOKS || timeLeft(context) < PAUSE) { return image; }
    await new Promise(resolve => setTimeout(resolve, PAUSE));
  }
}
