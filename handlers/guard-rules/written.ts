import { createHash } from 'crypto';
import type { S3 } from '@aws-sdk/client-s3';
import type { Context } from '../custom-resource/event';
import { inTime } from '../custom-resource/in-time';

/** An object, and what is to be in it. */
export interface Content {
  readonly Bucket: string;
  readonly Key: string;
  readonly Body: Uint8Array;
}

/**
 * The version of an object that has this content: one that is there, or else a new one.
 *
 * So a rollback needs no right to write, and asking again adds nothing. Other versions stay: a hook points at one of them until it is updated, and again
 * after a rollback.
 */
export async function written(s3: S3, content: Content, context: Context): Promise<string | undefined> {
  const { VersionId } = await versionWith(s3, content, context) ?? await s3.putObject({ ...content, ContentType: 'text/plain' }, inTime(context));
  return VersionId;
}

/** With S3's own keys the tag of an object is its MD5. */
async function versionWith(s3: S3, { Bucket, Key, Body }: Content, context: Context): Promise<{ readonly VersionId?: string } | undefined> {
  const tag = `"${createHash('md5').update(Body).digest('hex')}"`;
  const { Versions = [] } = await s3.listObjectVersions({ Bucket, Prefix: Key }, inTime(context));
  return Versions.find(version => version.Key === Key && version.ETag === tag);
}
