import type { EC2, Image } from '@aws-sdk/client-ec2';
import type { Context } from '../custom-resource/event';
import { inTime } from '../custom-resource/in-time';
import { described } from '../images/image';

/** What EC2 answers where an image is gone, or is not yet there, or is in no state for it. */
const UNAVAILABLE = ['InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable'];

/** The account's own image of a name. */
export async function imageNamed(client: EC2, name: string, context: Context): Promise<Image | undefined> {
  return described(client, { Owners: ['self'], Filters: [{ Name: 'name', Values: [name] }] }, context);
}

/** Deregisters an image, if it is there, and says what became of it and its snapshots. */
export async function deregister(client: EC2, ImageId: string, DeleteAssociatedSnapshots: boolean, context: Context): Promise<string> {
  try {
    const { DeleteSnapshotResults = [] } = await client.deregisterImage({ ImageId, DeleteAssociatedSnapshots }, inTime(context));
    const snapshots = DeleteSnapshotResults.map(({ SnapshotId, ReturnCode }) => `${SnapshotId}: ${ReturnCode}`);
    return [`deregistered ${ImageId}`, ...snapshots].join('; ');
  } catch (error) {
    if (!UNAVAILABLE.includes((error as Error).name)) { throw error; }
    const left = await described(client, { Filters: [{ Name: 'image-id', Values: [ImageId] }] }, context);
    if (left && left.State !== 'deregistered') { throw error; }
    return `${ImageId} is gone already`;
  }
}
