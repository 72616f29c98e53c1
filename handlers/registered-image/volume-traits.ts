import type { BlockDeviceMapping, EbsBlockDevice } from '@aws-sdk/client-ec2';
import type { Trait } from './trait';

/** The options of a volume, except its snapshot and its size. */
const OPTIONS = ['VolumeType', 'Iops', 'Throughput', 'DeleteOnTermination', 'Encrypted'] as const;

type Option = (typeof OPTIONS)[number];

/** The volume types that EC2 can use if none is requested. AWS does not document which of them, and it has changed. */
const USUAL_TYPES = ['gp2', 'gp3', 'standard'];

/** The default performance of a gp3 volume. Other defaults follow from the size of the volume. */
const BASELINE: { readonly [option in Option]?: number } = { Iops: 3_000, Throughput: 125 };

/**
 * Checks the volumes of an image. EC2 lists them in any order, and returns varying data for instance store volumes.
 *
 * @param root the name of the root device
 */
export function volumeTraits(found: readonly BlockDeviceMapping[], wanted: readonly BlockDeviceMapping[], root?: string): Trait[] {
  const names = [...found, ...wanted].flatMap(({ DeviceName, Ebs }) => Ebs ? [DeviceName!] : []);
  return [...new Set(names)].flatMap((name): Trait[] => {
    const [is, should] = [found, wanted].map(devices => devices.find(({ DeviceName }) => DeviceName === name)?.Ebs);
    const traits: Trait[] = [[name, is && 'a volume', should && 'a volume'], [`SnapshotId of ${name}`, is?.SnapshotId, should?.SnapshotId]];
    if (!is || !should) { return traits; }
    if (should.VolumeSize !== undefined) { traits.push([`VolumeSize of ${name}`, is.VolumeSize ?? should.VolumeSize, should.VolumeSize]); }
    return [...traits, ...OPTIONS.map((option): Trait => [`${option} of ${name}`, is[option], expected(option, is, should, name === root)])];
  });
}

/** The expected value of an option: the requested one, or else the default of EC2, if it is known. */
function expected(option: Option, is: EbsBlockDevice, should: EbsBlockDevice, isRoot: boolean): unknown {
  const found = is[option];
  const asked = should[option];
  if (found === undefined) { return found; }
  if (option === 'Encrypted') { return asked || found; } // the snapshot or the account may have it encrypted
  if (asked !== undefined) { return asked; }
  switch (option) {
    case 'VolumeType': return USUAL_TYPES.includes(String(found)) ? found : USUAL_TYPES[0];
    case 'DeleteOnTermination': return isRoot || found;
    default: return is.VolumeType === 'gp3' ? BASELINE[option] : found;
  }
}
