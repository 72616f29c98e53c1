/** The characters that a tag key can have in the metadata, because it is part of a URL there. */
const CHARACTERS = /^[0-9a-zA-Z+\-=.,_:@]*$/;

/** The maximum length of a tag key. */
const MAX_LENGTH = 128;

/** Keys that have another meaning in that URL. */
const RESERVED: readonly string[] = ['.', '..', '_index'];

/**
 * Whether an instance can have the tag while its tags are in the metadata. EC2 does not launch an instance with any other tag.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/work-with-tags-in-IMDS.html
 */
export function isTagKeyInMetadata(key: unknown): boolean {
  return typeof key === 'string' && key !== '' && mayBeInTagKey(key) && !RESERVED.includes(key);
}

/** Whether a text can be a part of the key of such a tag. */
export function mayBeInTagKey(part: string): boolean {
  return part.length <= MAX_LENGTH && CHARACTERS.test(part);
}
