import type { Image } from '@aws-sdk/client-ec2';
import { bootModeOf } from './boot-mode';
import { nameFor } from './name';
import { isBroken } from './own-images';
import { type Event, parametersIn } from './properties';
import { checkTraits, type Trait } from './trait';
import { volumeTraits } from './volume-traits';

/** The tag that the function gives to the images of its stack, as `src/ami/registered-image/tag-specification.ts` writes it. */
const STACK_TAG = 'cdk-imdsv2:stack-id';

/** What an image says where it is asked for, and else does not. Nobody can ask for a kernel and its RAM disk. */
const TOLD = ['Architecture', 'VirtualizationType', 'RootDeviceName', 'TpmSupport', 'KernelId', 'RamdiskId'] as const;

/**
 * Checks that an image is of the resource that a request is for, in whatever state it is.
 *
 * @param hint what to do where it is not
 * @throws Error where it has another name, or not the tag of the stack
 */
export function checkIdentity(image: Image, event: Event, hint: string): void {
  checkTraits(image, identityOf(image, event), hint);
}

/**
 * Checks that an image is what a request asks for. Names can be predicted, and taken by somebody else. Of an image that failed EC2 need not say what it
 * would have been made of, so its identity has to do.
 *
 * Description and other tags do not count, since they can be changed. What EC2 does not list is in `attribute-traits.ts`.
 *
 * @param hint what to do where it is not
 * @throws Error where it is another image
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Image.html
 */
export function checkIsAskedFor(image: Image, event: Event, hint: string): void {
  checkTraits(image, [...identityOf(image, event), ...isBroken(image) ? [] : traitsOf(image, event)], hint);
}

/**
 * Checks that an image is what a request asks for but for its tags, which anybody may have changed since it was registered.
 *
 * @throws Error where it is another image
 */
export function checkIsFormer(image: Image, event: Event): void {
  checkTraits(image, traitsOf(image, event), '');
}

/**
 * Checks that an image has the tag of the stack. That does for one that CloudFormation says the resource stands for, which may have the name of a former
 * image after a rollback that could not go back to it.
 *
 * @param hint what to do where it has not
 * @throws Error where it has not
 */
export function checkTag(image: Image, event: Event, hint: string): void {
  checkTraits(image, [tagTrait(image, event)], hint);
}

function traitsOf(image: Image, event: Event): Trait[] {
  const wanted = parametersIn(event.ResourceProperties!);
  return [
    ...TOLD.map((name): Trait => [name, image[name], wanted[name]]),
    ['BootMode', bootModeOf(image), bootModeOf(wanted)],
    ['EnaSupport', Boolean(image.EnaSupport), Boolean(wanted.EnaSupport)],
    ['SriovNetSupport', image.SriovNetSupport, wanted.SriovNetSupport ?? image.SriovNetSupport],
    ...volumeTraits(image.BlockDeviceMappings ?? [], wanted.BlockDeviceMappings ?? [], wanted.RootDeviceName),
  ];
}

function identityOf(image: Image, event: Event): Trait[] {
  return [['Name', image.Name, nameFor(event)], tagTrait(image, event)];
}

function tagTrait({ Tags = [] }: Image, { StackId }: Event): Trait {
  return [`the tag ${STACK_TAG}`, Tags.find(({ Key }) => Key === STACK_TAG)?.Value, StackId];
}
