/**
 * The function of `RegisteredImage`. It registers an image from snapshots with `ImdsSupport` v2.0, for which CloudFormation has no resource type, and
 * waits until the image is available. The id of the image is the physical id of the resource. So another image is a replacement, and CloudFormation
 * deletes the old one after the update.
 *
 * The bundled code must fit into a template as inline code: `npm run handlers`.
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
