/**
 * The function behind `RegisteredImage`: registers an image from snapshots with `ImdsSupport` v2.0, which CloudFormation has no resource type for,
 * and waits until it is available. The id of the image is that of the resource, so another image is a replacement, and CloudFormation has the old one
 * removed once the update is through.
 *
 * It has to fit into a template as inline code once it is bundled: `npm run handlers`.
 */
import { answering, type Outcome } from '../custom-resource/answering';
import type { Context } from '../custom-resource/event';
import { clientIn } from '../ec2/client';
import type { Event } from './properties';
import { register } from './register';
import { remove } from './remove';

export const handler = answering(carryOut);

async function carryOut(event: Event, context: Context): Promise<Outcome> {
  return event.RequestType === 'Delete' ? remove(clientIn(), event, context) : register(clientIn(), event, context);
}
