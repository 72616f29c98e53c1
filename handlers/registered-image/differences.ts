import type { Image } from '@aws-sdk/client-ec2';
import { bootModeOf } from './boot-mode';
import { nameFor } from './name';
import { isBroken } from './own-images';
import { type Event, parametersIn } from './properties';
import { checkTraits, type Trait } from './trait';
import { volumeTraits } from './volume-traits';

/** The tag that the function gives to the images of its stack, as `src/ami/registered-image/tag-specification.ts` writes it. */
const STACK_TAG = 'cdk-imdsv2:stack-id';

/** The properties that an image has only if they were requested. A kernel and its RAM disk cannot be requested. */
const COMPARED = ['Architecture', 'VirtualizationType', 'RootDeviceName', 'TpmSupport', 'KernelId', 'RamdiskId'] as const;

/**
 * Checks that an image belongs to the resource of a request, in any state.
 *
 * @param hint the advice if it does not
 * @throws Error if it has another name, or not the tag of the stack
 */
export function checkIdentity(image: Image, event: Event, hint: string): void {
  checkTraits(image, identityOf(image, event), hint);
}

/**
 * Checks that an image is the requested one, because somebody else can register an image with a predictable name. Of a failed image, EC2 may not
 * return the properties, so only its identity is checked.
 *
 * The description and other tags are not checked, because they can change. `attribute-traits.ts` checks what EC2 does not list.
 *
 * @param hint the advice if it is not
 * @throws Error if it is another image
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Image.html
 */
export function checkIsAskedFor(image: Image, event: Event, hint: string): void {
  checkTraits(image, [...identityOf(image, event), ...isBroken(image) ? [] : traitsOf(image, event)], hint);
}

/**
 * Checks that an image is the requested one, except for its tags, which may have changed since it was registered.
 *
 * @throws Error if it is another image
 */
export function checkIsFormer(image: Image, event: Event): void {
  checkTraits(image, traitsOf(image, event), '');
}

/**
 * Checks that an image has the tag of the stack. This is enough for the image that the resource has in CloudFormation: its name can be that of an
 * earlier image, after a rollback that could not return to that one.
 *
 * @param hint the advice if it has not
 * @throws Error if it has not
 */
export function checkTag(image: Image, event: Event, hint: string): void {
  checkTraits(image, [tagTrait(image, event)], hint);
}

function traitsOf(image: Image, event: Event): Trait[] {
  const wanted = parametersIn(event.ResourceProperties!);
  return [
    ...COMPARED.map((name): Trait => [name, image[name], wanted[name]]),
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
