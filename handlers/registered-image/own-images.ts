import type { EC2, Image } from '@aws-sdk/client-ec2';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { inTime, timeLeft } from '../custom-resource/in-time';
import { described } from '../images/image';

/** How often to look for an image that may be registered at the moment, and the milliseconds in between. */
const LOOKS = 12;
const PAUSE = 5_000;

/** The states of images that cannot be used. */
const BROKEN = ['failed', 'error', 'invalid', 'deregistered'];

/** The accepted results for a snapshot. A snapshot that another image uses is skipped. */
const FINE = ['success', 'skipped'];

/** The result of a deregistration. */
export interface Farewell {
  readonly words: string;

  /** Whether snapshots are left that should be deleted. */
  readonly isIncomplete?: boolean;
}

/** Whether an image cannot be used. */
export function isBroken({ State }: Image): boolean {
  return BROKEN.includes(State!);
}

/** The account's image with a name. */
export async function imageNamed(client: EC2, name: string, context: Context): Promise<Image | undefined> {
  return described(client, { Owners: ['self'], Filters: [{ Name: 'name', Values: [name] }] }, context);
}

/** The same, for an image that a cancelled request may be registering at the moment. */
export async function imageNamedSoon(client: EC2, name: string, context: Context): Promise<Image | undefined> {
  for (let look = 1; ; look++) {
    const image = await eventually(() => imageNamed(client, name, context), context);
    if (image || look === LOOKS || timeLeft(context) < PAUSE) { return image; }
    await new Promise(resolve => setTimeout(resolve, PAUSE));
  }
}

/** The image with an id. `undefined` if it no longer exists. */
export async function imageLeft(client: EC2, id: string, context: Context): Promise<Image | undefined> {
  const image = await described(client, { Filters: [{ Name: 'image-id', Values: [id] }] }, context);
  return image?.State === 'deregistered' ? undefined : image;
}

/**
 * Deregisters an image, if it exists. For a missing image, EC2 returns a permission error, because its tags are missing. So after any error, this
 * checks whether the image exists.
 */
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
