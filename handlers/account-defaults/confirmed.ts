import type { StackResourceDetail } from '@aws-sdk/client-cloudformation';
import type { Context } from '../custom-resource/event';
import { timeLeft } from '../custom-resource/in-time';
import { messageOf } from '../custom-resource/message-of';
import { stackResource } from '../custom-resource/stack-resource';
import type { Event } from './event';
import { TYPE } from './others';

/** What CloudFormation says of a request. */
export interface Confirmation {
  /** Why nothing may be done; empty where the request is what it says. */
  readonly objection: string;

  /** The resource, where CloudFormation knows it. */
  readonly said?: StackResourceDetail;
}

const OTHER_ID = 'the resource has another physical id in CloudFormation';

/** How often to ask, and how long to wait until then, in milliseconds. */
const LOOKS = 4;
const PAUSE = 5_000;

/**
 * Asks whether CloudFormation creates, updates or deletes the resource right now, and waits a while until it says so. It may be a request to clean up a
 * former id, or one that somebody wrote who may invoke the function.
 */
export async function confirmation(event: Event, context: Context): Promise<Confirmation> {
  try {
    for (let look = 1; ; look++) {
      const said = await stackResource(event, context);
      const objection = objectionIn(event, said);
      if (['', OTHER_ID].includes(objection) || look === LOOKS || timeLeft(context) < PAUSE) { return { objection, said }; }
      await new Promise(resolve => setTimeout(resolve, PAUSE));
    }
  } catch (error) {
    return { objection: unasked(error) };
  }
}

/** Why CloudFormation says nothing. */
export function unasked(error: unknown): string {
  return `CloudFormation did not answer: ${messageOf(error)}`;
}

function objectionIn({ RequestType, PhysicalResourceId }: Event, said?: StackResourceDetail): string {
  if (said?.ResourceType !== TYPE || (RequestType !== 'Create' && said.PhysicalResourceId !== PhysicalResourceId)) { return OTHER_ID; }
  const doing = { Create: 'creating', Update: 'updating', Delete: 'deleting' }[RequestType];
  return said.ResourceStatus === `${RequestType.toUpperCase()}_IN_PROGRESS` ? '' : `CloudFormation is not ${doing} the resource`;
}
