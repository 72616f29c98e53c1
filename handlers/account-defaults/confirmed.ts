import type { Context } from '../custom-resource/event';
import { keeping } from '../custom-resource/keeping';
import { messageOf } from '../custom-resource/message-of';
import { stackResources } from '../custom-resource/stack';
import { stackResource } from '../custom-resource/stack-resource';
import type { Event } from './event';
import { memoryIn } from './memory';

const TYPE = 'Custom::ImdsAccountDefaults';

/** What is kept of the time for what CloudFormation is asked for, in milliseconds. */
const TIME_TO_ACT = 60_000;

/** The states of resources that hold no Region (any more). */
const HOLDS_NOTHING = /^DELETE_|^CREATE_FAILED$/;

/** The states of resources whose id may not say yet what they hold. */
const CHANGES = /_IN_PROGRESS$/;

/**
 * Why a request must not undo what its physical id says; nothing where CloudFormation confirms it. The request may be one to clean up a former id
 * after an update, or one that somebody wrote who may invoke the function.
 */
export async function objectionTo(event: Event, context: Context): Promise<string> {
  try {
    const said = await stackResource(event, keeping(context, TIME_TO_ACT));
    if (said?.ResourceType !== TYPE || said.PhysicalResourceId !== event.PhysicalResourceId) { return 'CloudFormation knows the resource by another id'; }
    return event.RequestType === 'Delete' && said.ResourceStatus !== 'DELETE_IN_PROGRESS' ? 'CloudFormation is not deleting the resource' : '';
  } catch (error) {
    return `CloudFormation cannot be asked: ${messageOf(error)}`;
  }
}

/**
 * Tells the Regions that another resource of the stack holds, such as the one that this one is renamed to: they are left to it. One whose id does not
 * say what it holds counts as holding every Region.
 */
export async function heldByOthers(event: Event, context: Context): Promise<(region: string) => boolean> {
  const all = await stackResources(event, keeping(context, TIME_TO_ACT));
  const others = all.filter(({ ResourceType, ResourceStatus = '', PhysicalResourceId }) =>
    ResourceType === TYPE && PhysicalResourceId !== event.PhysicalResourceId && !HOLDS_NOTHING.test(ResourceStatus));
  const held = others.map(({ ResourceStatus = '', PhysicalResourceId }) => CHANGES.test(ResourceStatus) ? undefined : memoryIn(PhysicalResourceId)?.held);
  return region => held.some(regions => regions?.includes(region) ?? true);
}
