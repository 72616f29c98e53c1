import type { EC2 } from '@aws-sdk/client-ec2';
import type { Outcome } from '../custom-resource/answering';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { inTime } from '../custom-resource/in-time';
import { messageOf } from '../custom-resource/message-of';
import { availableImage, V2 } from '../images/image';
import { nameFor } from './name';
import { type Event, parametersIn } from './properties';
import { deregister, idOf } from './remove';

/** Registers the image that a request asks for, if it is not there yet, and waits for it. One that fails is deregistered, and CloudFormation told why. */
export async function register(client: EC2, event: Event, context: Context): Promise<Outcome> {
  const { ResourceProperties = {}, PhysicalResourceId } = event;
  if (!ResourceProperties.Image) { throw new Error('Image is empty'); }
  const Name = nameFor(event);
  const parameters = { ...parametersIn(ResourceProperties), Name, ImdsSupport: V2 } as const;
  const id = await eventually(async () => await idOf(client, Name, context)
    ?? (await client.registerImage(parameters, inTime(context))).ImageId!);
  try {
    const { ImdsSupport = 'unset' } = await availableImage(client, id, context);
    if (ImdsSupport !== V2) { throw new Error(`EC2 did not take it: ImdsSupport of ${id} is ${ImdsSupport}, not ${V2}`); }
  } catch (error) {
    // What the resource has stood for until now stays, whatever became of it: CloudFormation goes back to it.
    const end = id === PhysicalResourceId ? `${id} stays` : await deregister(client, id, false, context).catch(messageOf);
    throw new Error(`${messageOf(error)}. ${end}`);
  }
  return { Reason: `registered ${id}`, PhysicalResourceId: id, Data: { ImageId: id, Name } };
}
