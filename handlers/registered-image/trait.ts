import type { Image } from '@aws-sdk/client-ec2';

/** Something that EC2 says of an image, and what it should be. */
export type Trait = readonly [name: string, found: unknown, wanted: unknown];

/** That an image of the name is another one. */
export class AnotherImage extends Error {}

/**
 * Checks what EC2 says of an image.
 *
 * @param hint what to do where it is another one
 * @throws AnotherImage where something is not as it should be
 */
export function checkTraits({ ImageId }: Image, traits: readonly Trait[], hint: string): void {
  const words = traits.filter(([, found, wanted]) => found !== wanted).map(([name, found, wanted]) => `${name} is ${found ?? 'unset'}, not ${wanted ?? 'unset'}`);
  if (words.length) { throw new AnotherImage(`${ImageId} is another image: ${words.join(', ')}. ${hint}`); }
}
