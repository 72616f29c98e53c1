import type { Image } from '@aws-sdk/client-ec2';

/** A property of an image: its name, the value in EC2, and the wanted value. */
export type Trait = readonly [name: string, found: unknown, wanted: unknown];

/** The error for another image with the same name. */
export class AnotherImage extends Error {}

/**
 * Checks properties of an image.
 *
 * @param hint the advice if it is another image
 * @throws AnotherImage if a property differs
 */
export function checkTraits({ ImageId }: Image, traits: readonly Trait[], hint: string): void {
  const words = traits.filter(([, found, wanted]) => found !== wanted).map(([name, found, wanted]) => `${name} is ${found ?? 'unset'}, not ${wanted ?? 'unset'}`);
  if (words.length) { throw new AnotherImage(`${ImageId} is another image: ${words.join(', ')}. ${hint}`); }
}
