/** The characters of a tag key in the metadata, where it is part of a URL. */
const CHARACTERS = /^[0-9a-zA-Z+\-=.,_:@]*$/;

/** How long any tag key may be. */
const MAX_LENGTH = 128;

/** Keys that mean something else in that URL. */
const RESERVED: readonly string[] = ['.', '..', '_index'];

/**
 * Whether an instance may have the tag while its tags are in the metadata: EC2 refuses to launch it with any other.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/work-with-tags-in-IMDS.html
 */
export function isTagKeyInMetadata(key: unknown): boolean {
  return typeof key === 'string' && key !== '' && mayBeInTagKey(key) && !RESERVED.includes(key);
}

/** Whether a text may be part of the key of such a tag, whatever the rest of it is. */
export function mayBeInTagKey(part: string): boolean {
  return part.length <= MAX_LENGTH && CHARACTERS.test(part);
}
