/**
 * The function of `ImdsAccountDefaults`. It sets the account defaults for the instance metadata service, for which CloudFormation has no resource
 * type, in one or more Regions. With a schedule, it checks them again.
 *
 * The bundled code must fit into a template as inline code: `npm run handlers`.
 */
import { answering } from '../custom-resource/answering';
import type { Context } from '../custom-resource/event';
import { apply } from './apply';
import type { Event } from './event';
import { look } from './look';
import { remove } from './remove';

const carryOut = answering(async (event: Event, context: Context) => event.RequestType === 'Delete' ? remove(event, context) : apply(event, context));

export async function handler(event: Event & { readonly source?: string }, context: Context): Promise<void> {
  await (event?.source === 'aws.events' ? look(context) : carryOut(event, context));
}
