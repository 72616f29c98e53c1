import { createHash } from 'crypto';
import type { S3 } from '@aws-sdk/client-s3';
import type { Context } from '../custom-resource/event';
import { inTime } from '../custom-resource/in-time';

/** An object and its wanted contents. */
export interface Content {
  readonly Bucket: string;
  readonly Key: string;
  readonly Body: Uint8Array;
}

/**
 * Finds a version of an object with these contents, or writes a new one.
 *
 * So a rollback does not need the permission to write, and a repeated request writes nothing. Other versions stay, because a hook uses one of them
 * until it is updated, and again after a rollback.
 */
export async function written(s3: S3, content: Content, context: Context): Promise<string | undefined> {
  const { VersionId } = await versionWith(s3, content, context) ?? await s3.putObject({ ...content, ContentType: 'text/plain' }, inTime(context));
  return VersionId;
}

/** With S3-managed keys, the ETag of an object is its MD5 hash. */
async function versionWith(s3: S3, { Bucket, Key, Body }: Content, context: Context): Promise<{ readonly VersionId?: string } | undefined> {
  const tag = `"${createHash('md5').update(Body).digest('hex')}"`;
  const { Versions = [] } = await s3.listObjectVersions({ Bucket, Prefix: Key }, inTime(context));
  return Versions.find(version => version.Key === Key && version.ETag === tag);
}
