import type { StackResourceDetail } from '@aws-sdk/client-cloudformation';
import { REGISTERED_IMAGE } from '../../src/policy/image-types';
import type { Context } from '../custom-resource/event';
import { timeLeft } from '../custom-resource/in-time';
import { stackResource } from '../custom-resource/stack-resource';
import { stackStatus } from '../custom-resource/stack-status';
import type { Event } from './properties';

/** The statuses of a stack in which CloudFormation deletes former resources. In other statuses, it can still return to them. */
const CLEANING_UP = /^(?:DELETE|ROLLBACK|UPDATE_(?:ROLLBACK_)?COMPLETE_CLEANUP)_IN_PROGRESS$/;

/** The number of tries, and the milliseconds between them. */
const LOOKS = 6;
const PAUSE = 5_000;

/**
 * Waits until CloudFormation itself reports that it creates or updates the resource, because anybody who can invoke the function can send a request.
 *
 * @param imageId the current image of the resource, if it matters
 * @throws Error if CloudFormation does not report this
 */
export async function confirmChange(event: Event, context: Context, imageId?: string): Promise<void> {
  await confirm(event, context, ({ ResourceStatus, PhysicalResourceId }) =>
    ResourceStatus === `${event.RequestType.toUpperCase()}_IN_PROGRESS` && (imageId ?? PhysicalResourceId) === PhysicalResourceId);
}

/**
 * Waits until CloudFormation itself reports that it deletes the resource, or cleans up and the resource has another image now.
 *
 * @throws Error if it does not report this
 */
export async function confirmRemoval(event: Event, imageId: string, context: Context): Promise<void> {
  await confirm(event, context, async ({ ResourceStatus, PhysicalResourceId }) =>
    [imageId, event.PhysicalResourceId].includes(PhysicalResourceId) ? ResourceStatus === 'DELETE_IN_PROGRESS' : CLEANING_UP.test(await stackStatus(event, context)));
}

/** Whether CloudFormation itself reports that it deletes the resource, and that this is its image. */
export async function isStoodFor(event: Event, imageId: string, context: Context): Promise<boolean> {
  const { ResourceType, ResourceStatus, PhysicalResourceId } = await stackResource(event, context).catch(() => undefined) ?? {};
  return ResourceType === REGISTERED_IMAGE && ResourceStatus === 'DELETE_IN_PROGRESS' && PhysicalResourceId === imageId;
}

async function confirm(event: Event, context: Context, isSo: (resource: StackResourceDetail) => boolean | Promise<boolean>): Promise<void> {
  for (let look = 1; ; look++) {
    const resource = await stackResource(event, context);
    if (resource?.ResourceType === REGISTERED_IMAGE && await isSo(resource)) { return; }
    if (look === LOOKS || timeLeft(context) < PAUSE) {
      const { ResourceType, ResourceStatus, PhysicalResourceId } = resource ?? {};
      throw new Error(`CloudFormation did not confirm the ${event.RequestType}: ${event.LogicalResourceId} of type ${ResourceType} is ${ResourceStatus} as ${PhysicalResourceId}`);
    }
    await new Promise(resolve => setTimeout(resolve, PAUSE));
  }
}
