import { Aws, Token } from 'aws-cdk-lib';
import { describeValue } from '../../model/setting';

/** The tags of an image as a parameter of EC2's API. */
export interface TagSpecification {
  readonly ResourceType: 'image';
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
}

/** The tag that identifies the images of its stack: the function can deregister no others. */
export const STACK_TAG = 'cdk-imdsv2:stack-id';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions */
const MAX_TAGS = 49;
const KEY = /^(?!aws:)[^]{1,128}$/i;
const VALUE = /^[^]{0,256}$/;

/**
 * The tags of an image.
 *
 * @throws Error if EC2 would refuse them, or one is the tag of the function
 */
export function tagSpecification(tags: { readonly [key: string]: string } = {}): TagSpecification {
  if (tags === null || typeof tags !== 'object' || Symbol.iterator in tags) {
    throw new Error(`tags must be an object with a string for each key, got ${describeValue(tags)}`);
  }
  const entries = Object.entries(tags);
  if (entries.length > MAX_TAGS) { throw new Error(`tags must be ${MAX_TAGS} at most, got ${entries.length}`); }
  entries.forEach(checkTag);
  return { ResourceType: 'image', Tags: [[STACK_TAG, Aws.STACK_ID], ...entries].map(([Key, Value]) => ({ Key, Value })) };
}

function checkTag([key, value]: [string, unknown]): void {
  if (key === STACK_TAG) { throw new Error(`tags must not have ${describeValue(key)}, by which the image is known`); }
  if (!Token.isUnresolved(key) && !KEY.test(key)) {
    throw new Error(`a key in tags must be 1 to 128 characters and not begin with 'aws:', got ${describeValue(key)}`);
  }
  if (!Token.isUnresolved(value) && !(typeof value === 'string' && VALUE.test(value))) {
    throw new Error(`tag ${describeValue(key)} must be a string of at most 256 characters, got ${describeValue(value)}`);
  }
}
