import type { BlockDeviceMapping, Image } from '@aws-sdk/client-ec2';
import { nameFor } from './name';
import { isBroken } from './own-images';
import { type Event, parametersIn } from './properties';

/** The tag that the function gives to the images of its stack, as `src/ami/registered-image/tag-specification.ts` writes it. */
const STACK_TAG = 'cdk-imdsv2:stack-id';

/** What an image always says, and what is always asked for. */
const TOLD = ['Architecture', 'VirtualizationType', 'RootDeviceName', 'TpmSupport'] as const;

/** What a volume may say besides its snapshot. EC2 fills in what is not asked for. */
const OPTIONS = ['VolumeSize', 'VolumeType', 'Iops', 'Throughput', 'DeleteOnTermination', 'Encrypted'] as const;

type Trait = readonly [name: string, found: unknown, wanted: unknown];

/**
 * Checks that an image is of the resource that a request is for, in whatever state it is.
 *
 * @param hint what to do where it is not
 * @throws Error where it has another name, or not the tag of the stack
 */
export function checkIdentity(image: Image, event: Event, hint: string): void {
  check(image, identityOf(image, event), hint);
}

/**
 * Checks that an image is what a request asks for. Names can be predicted, and taken by somebody else. Of an image that failed EC2 need not say what it
 * would have been made of, so its identity has to do.
 *
 * Description and other tags do not count, since they can be changed. The UEFI data of an image is not among what EC2 describes.
 *
 * @param hint what to do where it is not
 * @throws Error where it is another image
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Image.html
 */
export function checkIsAskedFor(image: Image, event: Event, hint: string): void {
  if (isBroken(image)) { checkIdentity(image, event, hint); return; }
  const wanted = parametersIn(event.ResourceProperties!);
  check(image, [
    ...identityOf(image, event),
    ...TOLD.map((name): Trait => [name, image[name], wanted[name]]),
    ['BootMode', bootModeOf(image), bootModeOf(wanted)],
    ['EnaSupport', Boolean(image.EnaSupport), Boolean(wanted.EnaSupport)],
    ['SriovNetSupport', image.SriovNetSupport, wanted.SriovNetSupport ?? image.SriovNetSupport],
    ...volumeTraits(image.BlockDeviceMappings ?? [], wanted.BlockDeviceMappings ?? []),
  ], hint);
}

function identityOf({ Name, Tags = [] }: Image, event: Event): Trait[] {
  const tag = Tags.find(({ Key }) => Key === STACK_TAG)?.Value;
  return [['Name', Name, nameFor(event)], [`the tag ${STACK_TAG}`, tag, event.StackId]];
}

/** How instances boot, also where the image leaves it to their type. */
function bootModeOf({ BootMode, Architecture }: { readonly BootMode?: string; readonly Architecture?: string }): string {
  return BootMode ?? (/^arm64/.test(String(Architecture)) ? 'uefi' : 'legacy-bios');
}

/** EC2 says what it likes of instance store volumes, and in whatever order: those of EBS count. */
function volumeTraits(found: readonly BlockDeviceMapping[], wanted: readonly BlockDeviceMapping[]): Trait[] {
  const names = [...found, ...wanted].flatMap(({ DeviceName, Ebs }) => Ebs ? [DeviceName!] : []);
  return [...new Set(names)].flatMap((name): Trait[] => {
    const [is, should] = [found, wanted].map(devices => devices.find(({ DeviceName }) => DeviceName === name)?.Ebs);
    const options = OPTIONS.filter(key => is?.[key] !== undefined && should?.[key] !== undefined && (key !== 'Encrypted' || should[key]));
    return [
      [name, is && 'a volume', should && 'a volume'],
      [`SnapshotId of ${name}`, is?.SnapshotId, should?.SnapshotId],
      ...options.map((key): Trait => [`${key} of ${name}`, is![key], should![key]]),
    ];
  });
}

function check({ ImageId }: Image, traits: readonly Trait[], hint: string): void {
  const words = traits.filter(([, found, wanted]) => found !== wanted).map(([name, found, wanted]) => `${name} is ${found ?? 'unset'}, not ${wanted ?? 'unset'}`);
  if (words.length) { throw new Error(`${ImageId} is another image: ${words.join(', ')}. ${hint}`); }
}
