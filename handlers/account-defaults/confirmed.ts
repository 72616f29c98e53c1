import type { StackResourceDetail } from '@aws-sdk/client-cloudformation';
import type { Context } from '../custom-resource/event';
import { timeLeft } from '../custom-resource/in-time';
import { messageOf } from '../custom-resource/message-of';
import { stackResource } from '../custom-resource/stack-resource';
import type { Event } from './event';
import { TYPE } from './others';

/** What CloudFormation returns about a request. */
export interface Confirmation {
  /** Why the function must not do anything. Empty if CloudFormation confirms the request. */
  readonly objection: string;

  /** The resource, if CloudFormation knows it. */
  readonly said?: StackResourceDetail;
}

const OTHER_ID = 'the resource has another physical id in CloudFormation';

/** The number of tries, and the milliseconds between them. */
const LOOKS = 4;
const PAUSE = 5_000;

/**
 * Checks that CloudFormation is creating, updating or deleting the resource, and waits some time for this. A request can also be for the clean-up of
 * an earlier id, or come from somebody else who can invoke the function.
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
    return { objection: noAnswerText(error) };
  }
}

/** The message if CloudFormation does not answer. */
export function noAnswerText(error: unknown): string {
  return `CloudFormation did not answer: ${messageOf(error)}`;
}

function objectionIn({ RequestType, PhysicalResourceId }: Event, said?: StackResourceDetail): string {
  if (said?.ResourceType !== TYPE || (RequestType !== 'Create' && said.PhysicalResourceId !== PhysicalResourceId)) { return OTHER_ID; }
  const doing = { Create: 'creating', Update: 'updating', Delete: 'deleting' }[RequestType];
  return said.ResourceStatus === `${RequestType.toUpperCase()}_IN_PROGRESS` ? '' : `CloudFormation is not ${doing} the resource`;
}
