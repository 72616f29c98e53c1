/** The characters of a tag key in the metadata, where it is part of a URL, and the length of any tag key. */
const KEY = /^[0-9a-zA-Z+\-=.,_:@]{1,128}$/;

/** Keys that mean something else in that URL. */
const RESERVED: readonly string[] = ['.', '..', '_index'];

/**
 * Whether an instance may have the tag while its tags are in the metadata: EC2 refuses to launch it with any other.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/work-with-tags-in-IMDS.html
 */
export function isTagKeyInMetadata(key: unknown): boolean {
  return typeof key === 'string' && KEY.test(key) && !RESERVED.includes(key);
}
