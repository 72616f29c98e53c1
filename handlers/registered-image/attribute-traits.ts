import type { EC2, Image, ImageAttribute, ImageAttributeName } from '@aws-sdk/client-ec2';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { inTime } from '../custom-resource/in-time';
import { bootModeOf } from './boot-mode';
import { type Event, parametersIn } from './properties';
import type { Trait } from './trait';

/**
 * Checks that need more than the description of an image: the sizes of its snapshots, the default values of its volumes, and its UEFI data.
 *
 * @throws Error if EC2 does not answer
 */
export async function sourceTraits(client: EC2, image: Image, event: Event, context: Context): Promise<Trait[]> {
  return [...await sizeTraits(client, image, event, context), ...await uefiTraits(client, image, event, context)];
}

/**
 * Checks with whom an image is shared. A newly registered image is shared with nobody. A retained image that is used again may have been shared
 * since.
 *
 * @throws Error if EC2 does not answer
 */
export async function sharingTraits(client: EC2, image: Image, { ResourceProperties }: Event, context: Context): Promise<Trait[]> {
  if (ResourceProperties?.Retain) { return []; }
  const { LaunchPermissions = [] } = await attributeOf(client, image, 'launchPermission', context);
  const names = LaunchPermissions.map(permission => Object.values(permission).join());
  return [['LaunchPermission', names.join(' and ') || undefined, undefined]];
}

async function sizeTraits(client: EC2, { BlockDeviceMappings: found = [] }: Image, event: Event, context: Context): Promise<Trait[]> {
  const { BlockDeviceMappings: wanted = [] } = parametersIn(event.ResourceProperties!);
  const open = wanted.filter(({ Ebs }) => Ebs?.SnapshotId && Ebs.VolumeSize === undefined);
  if (open.length === 0) { return []; }
  const SnapshotIds = [...new Set(open.map(({ Ebs }) => Ebs!.SnapshotId!))];
  const { Snapshots = [] } = await eventually(() => client.describeSnapshots({ SnapshotIds }, inTime(context)), context);
  return open.map(({ DeviceName, Ebs }): Trait => [
    `VolumeSize of ${DeviceName}`,
    found.find(device => device.DeviceName === DeviceName)?.Ebs?.VolumeSize,
    Snapshots.find(({ SnapshotId }) => SnapshotId === Ebs!.SnapshotId)?.VolumeSize,
  ]);
}

/** UEFI data is not checked if instances boot with BIOS, which ignores it. */
async function uefiTraits(client: EC2, image: Image, event: Event, context: Context): Promise<Trait[]> {
  const wanted = parametersIn(event.ResourceProperties!);
  if (bootModeOf(wanted) === 'legacy-bios') { return []; }
  const { UefiData } = await attributeOf(client, image, 'uefiData', context);
  const [is, should] = [UefiData?.Value, wanted.UefiData].map(text => Buffer.from(text ?? '', 'base64'));
  return is.equals(should) ? [] : [['UefiData', sizeOf(is), `${sizeOf(should)} as given`]];
}

function sizeOf({ length }: Buffer): string {
  return `${length} bytes`;
}

async function attributeOf(client: EC2, { ImageId }: Image, Attribute: ImageAttributeName, context: Context): Promise<ImageAttribute> {
  return eventually(() => client.describeImageAttribute({ ImageId, Attribute }, inTime(context)), context);
}
