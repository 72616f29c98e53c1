import type { S3 } from '@aws-sdk/client-s3';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { inTime } from '../custom-resource/in-time';

/** The position to continue a list of versions. */
interface Marker {
  readonly KeyMarker?: string;
  readonly VersionIdMarker?: string;
}

/**
 * Deletes a bucket with every version of one object. If it contains other objects, they stay, and the bucket stays, too. A missing bucket is no
 * error.
 *
 * @throws Error if something is left
 */
export async function removeBucket(s3: S3, Bucket: string, key: string, context: Context): Promise<void> {
  await eventually(async () => {
    try {
      await removeVersions(s3, Bucket, key, context);
      await s3.deleteBucket({ Bucket }, inTime(context));
    } catch (error) {
      if ((error as Error).name !== 'NoSuchBucket') { throw error; }
    }
  }, context);
}

async function removeVersions(s3: S3, Bucket: string, Prefix: string, context: Context, marker: Marker = {}): Promise<void> {
  const listed = await s3.listObjectVersions({ Bucket, Prefix, ...marker }, inTime(context));
  const { Versions = [], DeleteMarkers = [], IsTruncated, NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = listed;
  for (const { Key, VersionId } of [...Versions, ...DeleteMarkers].filter(each => each.Key === Prefix)) {
    await s3.deleteObject({ Bucket, Key, VersionId }, inTime(context));
  }
  if (IsTruncated) { await removeVersions(s3, Bucket, Prefix, context, { KeyMarker, VersionIdMarker }); }
}
