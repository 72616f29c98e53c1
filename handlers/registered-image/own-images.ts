import type { EC2, Image } from '@aws-sdk/client-ec2';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { inTime, timeLeft } from '../custom-resource/in-time';
import { described } from '../images/image';

/** How often to look for an image that may just be registered, and how long to wait until then, in milliseconds. */
const LOOKS = 12;
const PAUSE = 5_000;

/** The states of images that are of no use to anybody any more. */
const BROKEN = ['failed', 'error', 'invalid', 'deregistered'];

/** What becomes of a snapshot that may go. One of several images stays. */
const FINE = ['success', 'skipped'];

/** What became of an image. */
export interface Farewell {
  readonly words: string;

  /** Whether snapshots are left that should have gone. */
  readonly isIncomplete?: boolean;
}

/** Whether an image is of no use to anybody any more. */
export function isBroken({ State }: Image): boolean {
  return BROKEN.includes(State!);
}

/** The account's image of a name, whosever it is. */
export async function imageNamed(client: EC2, name: string, context: Context): Promise<Image | undefined> {
  return described(client, { Owners: ['self'], Filters: [{ Name: 'name', Values: [name] }] }, context);
}

/** The same, where it may be registered at this moment by a request that CloudFormation gave up. */
export async function imageNamedSoon(client: EC2, name: string, context: Context): Promise<Image | undefined> {
  for (let look = 1; ; look++) {
    const image = await eventually(() => imageNamed(client, name, context), context);
    if (image || look === LOOKS || timeLeft(context) < PAUSE) { return image; }
    await new Promise(resolve => setTimeout(resolve, PAUSE));
  }
}

/** The image of an id, unless it is gone. */
export async function imageLeft(client: EC2, id: string, context: Context): Promise<Image | undefined> {
  const image = await described(client, { Filters: [{ Name: 'image-id', Values: [id] }] }, context);
  return image?.State === 'deregistered' ? undefined : image;
}

/** Deregisters an image, if it is there. One that is gone has no tags that would give the right to do it, so whatever EC2 answers is looked into. */
export async function deregister(client: EC2, ImageId: string, DeleteAssociatedSnapshots: boolean, context: Context): Promise<Farewell> {
  try {
    const { DeleteSnapshotResults = [] } = await client.deregisterImage({ ImageId, DeleteAssociatedSnapshots }, inTime(context));
    const snapshots = DeleteSnapshotResults.map(({ SnapshotId, ReturnCode }) => `${SnapshotId}: ${ReturnCode}`);
    return {
      words: [`deregistered ${ImageId}`, ...snapshots].join('; '),
      isIncomplete: DeleteSnapshotResults.some(({ ReturnCode }) => !FINE.includes(ReturnCode!)),
    };
  } catch (error) {
    if (await imageLeft(client, ImageId, context)) { throw error; }
    return { words: `${ImageId} no longer exists` };
  }
}
