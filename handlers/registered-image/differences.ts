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
  check(image, [...identityOf(image, event), ...isBroken(image) ? [] : traitsOf(image, event)], hint);
}

/**
 * Checks that an image is what a request asks for but for its tags, which anybody may have changed since it was registered.
 *
 * @throws Error where it is another image
 */
export function checkIsFormer(image: Image, event: Event): void {
  check(image, traitsOf(image, event), '');
}

/**
 * Checks that an image has the tag of the stack. That does for one that CloudFormation says the resource stands for, which may have the name of a former
 * image after a rollback that could not go back to it.
 *
 * @param hint what to do where it has not
 * @throws Error where it has not
 */
export function checkTag(image: Image, event: Event, hint: string): void {
  check(image, [tagTrait(image, event)], hint);
}

function traitsOf(image: Image, event: Event): Trait[] {
  const wanted = parametersIn(event.ResourceProperties!);
  return [
    ...TOLD.map((name): Trait => [name, image[name], wanted[name]]),
    ['BootMode', bootModeOf(image), bootModeOf(wanted)],
    ['EnaSupport', Boolean(image.EnaSupport), Boolean(wanted.EnaSupport)],
    ['SriovNetSupport', image.SriovNetSupport, wanted.SriovNetSupport ?? image.SriovNetSupport],
    ...volumeTraits(image.BlockDeviceMappings ?? [], wanted.BlockDeviceMappings ?? []),
  ];
}

function identityOf(image: Image, event: Event): Trait[] {
  return [['Name', image.Name, nameFor(event)], tagTrait(image, event)];
}

function tagTrait({ Tags = [] }: Image, { StackId }: Event): Trait {
  return [`the tag ${STACK_TAG}`, Tags.find(({ Key }) => Key === STACK_TAG)?.Value, StackId];
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
