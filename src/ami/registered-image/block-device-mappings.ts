import { Token } from 'aws-cdk-lib';
import type { BlockDevice, EbsDeviceProps } from 'aws-cdk-lib/aws-ec2';
import { EbsDeviceVolumeType } from 'aws-cdk-lib/aws-ec2';
import { BOOLEAN, checkValue, oneOf } from '../../model/kinds';
import { describeValue } from '../../model/setting';
import { checkText } from '../known';

/** A block device mapping as a parameter of `RegisterImage`. */
export interface BlockDeviceMapping {
  readonly DeviceName: string;
  readonly VirtualName?: string;
  readonly Ebs?: {
    readonly SnapshotId?: string;
    readonly VolumeSize?: number;
    readonly VolumeType?: string;
    readonly Iops?: number;
    readonly Throughput?: number;
    readonly Encrypted?: boolean;
    readonly DeleteOnTermination?: boolean;
  };
}

/**
 * The block devices as parameters of EC2's API.
 *
 * @throws Error if `RegisterImage` does not accept one of them
 */
export function mappingsOf(devices: readonly BlockDevice[]): BlockDeviceMapping[] {
  if (!Array.isArray(devices) || devices.length === 0) { throw new Error(`blockDevices must have a root device, got ${describeValue(devices)}`); }
  const mappings = devices.map(mappingOf);
  const names = mappings.map(({ DeviceName }) => DeviceName);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) { throw new Error(`blockDevices must have each device name once, got ${describeValue(twice)} twice`); }
  return mappings;
}

function mappingOf(device: BlockDevice | null): BlockDeviceMapping {
  const { deviceName, volume, mappingEnabled } = device ?? {} as Partial<BlockDevice>;
  if (deviceName === undefined) { throw new Error(`blockDevices must have a deviceName each, got ${describeValue(device)}`); }
  checkText('deviceName', deviceName, /^\S+$/, "the name of a device, such as '/dev/xvda'");
  const where = `the volume of ${describeValue(deviceName)}`;
  if (mappingEnabled === false) {
    throw new Error(`mappingEnabled must not be false, got it for ${where}: an image has no mapping to suppress, leave the device out`);
  }
  if (volume?.ebsDevice) { return { DeviceName: deviceName, Ebs: ebsOf(volume.ebsDevice, where) }; }
  if (!volume?.virtualName) { throw new Error(`${where} must be one of BlockDeviceVolume, got ${describeValue(volume)}`); }
  return { DeviceName: deviceName, VirtualName: volume.virtualName };
}

function ebsOf(device: EbsDeviceProps, where: string): BlockDeviceMapping['Ebs'] {
  const { snapshotId, volumeSize, volumeType, iops, throughput, encrypted, deleteOnTermination } = device;
  checkSource(device, where);
  checkPerformance(device, where);
  checkValue(`encrypted of ${where}`, encrypted, BOOLEAN);
  checkValue(`deleteOnTermination of ${where}`, deleteOnTermination, BOOLEAN);
  return {
    SnapshotId: snapshotId,
    VolumeSize: volumeSize,
    VolumeType: volumeType,
    Iops: iops,
    Throughput: throughput,
    Encrypted: encrypted,
    DeleteOnTermination: deleteOnTermination,
  };
}

const SNAPSHOT_ID = /^snap-[0-9a-f]{8}(?:[0-9a-f]{9})?$/;

/** Checks the properties of a volume, and rejects those that an image cannot have. */
function checkSource(device: EbsDeviceProps, where: string): void {
  const { snapshotId, volumeSize, encrypted, kmsKey } = device;
  checkText(`snapshotId of ${where}`, snapshotId, SNAPSHOT_ID, "like 'snap-1234567890abcdef0'");
  if (snapshotId === undefined && volumeSize === undefined) { throw new Error(`${where} must have a snapshot or a volumeSize, got neither`); }
  if (snapshotId !== undefined && encrypted !== undefined) {
    throw new Error(`encrypted must not be given for ${where}, got ${describeValue(encrypted)}: EC2 takes it from the snapshot, the account or the launch`);
  }
  if (kmsKey) { throw new Error(`kmsKey must not be given for ${where}: an image cannot name a key, a launch can`); }
  // Older versions of aws-cdk-lib do not have this property.
  if ('volumeInitializationRate' in device && device.volumeInitializationRate) { throw new Error(`volumeInitializationRate must not be given for ${where}: an image has none, a launch can`); }
}

const PROVISIONED = [EbsDeviceVolumeType.IO1, EbsDeviceVolumeType.IO2];
const WITH_IOPS = [...PROVISIONED, EbsDeviceVolumeType.GP3];

/** Checks the properties of a volume type. EC2 checks the limits, because they change. */
function checkPerformance({ volumeSize, volumeType, iops, throughput }: EbsDeviceProps, where: string): void {
  for (const [name, value] of Object.entries({ volumeSize, iops, throughput })) {
    if (value !== undefined && !Token.isUnresolved(value) && !(Number.isInteger(value) && value > 0)) {
      throw new Error(`${name} of ${where} must be a whole number above 0, got ${describeValue(value)}`);
    }
  }
  if (Token.isUnresolved(volumeType)) { return; }
  checkValue(`volumeType of ${where}`, volumeType, oneOf(Object.values(EbsDeviceVolumeType)));
  const title = volumeType === undefined ? 'no volume type' : `the volume type ${describeValue(volumeType)}`;
  if (iops !== undefined && !WITH_IOPS.includes(volumeType!)) { throw new Error(`iops of ${where} must come with io1, io2 or gp3, got ${title}`); }
  if (iops === undefined && PROVISIONED.includes(volumeType!)) { throw new Error(`iops of ${where} must be given with ${title}`); }
  if (throughput !== undefined && volumeType !== EbsDeviceVolumeType.GP3) { throw new Error(`throughput of ${where} must come with gp3, got ${title}`); }
}
