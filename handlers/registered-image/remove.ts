import type { EC2 } from '@aws-sdk/client-ec2';
import type { Outcome } from '../custom-resource/answering';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { inTime } from '../custom-resource/in-time';
import { nameFor } from './name';
import type { Event } from './properties';

/** What EC2 answers where an image is gone. */
const GONE = ['InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable'];

/** Deregisters the image that a resource stands for: also one of which CloudFormation never heard, since a creation broke off. */
export async function remove(client: EC2, event: Event, context: Context): Promise<Outcome> {
  const { PhysicalResourceId = '', ResourceProperties } = event;
  const id = /^ami-/.test(PhysicalResourceId) ? PhysicalResourceId : await eventually(async () => idOf(client, nameFor(event), context));
  return { Reason: id ? await deregister(client, id, ResourceProperties?.DeleteSnapshots === 'true', context) : 'there is no image' };
}

/** Deregisters an image, if it is there, and says what became of it and its snapshots. */
export async function deregister(client: EC2, ImageId: string, DeleteAssociatedSnapshots: boolean, context: Context): Promise<string> {
  return eventually(async () => {
    try {
      const { DeleteSnapshotResults = [] } = await client.deregisterImage({ ImageId, DeleteAssociatedSnapshots }, inTime(context));
      const snapshots = DeleteSnapshotResults.map(({ SnapshotId, ReturnCode }) => `${SnapshotId}: ${ReturnCode}`);
      return [`deregistered ${ImageId}`, ...snapshots].join('; ');
    } catch (error) {
      if (GONE.includes((error as Error).name)) { return `${ImageId} is gone already`; }
      throw error;
    }
  });
}

/** The id of the account's own image of a name. */
export async function idOf(client: EC2, name: string, context: Context): Promise<string | undefined> {
  const { Images: [image] = [] } = await client.describeImages({ Owners: ['self'], Filters: [{ Name: 'name', Values: [name] }] }, inTime(context));
  return image?.ImageId;
}
