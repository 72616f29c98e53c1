import { brotliDecompressSync } from 'zlib';
import type { S3 } from '@aws-sdk/client-s3';
import type { Outcome } from '../custom-resource/answering';
import type { Context, Event } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { messageOf } from '../custom-resource/message-of';
import { defaultIdOf } from '../custom-resource/respond';
import type { Properties } from './properties';
import { written } from './written';

/** The compressed rules. The construct writes them before this code. */
declare const GUARD_RULES: string;

/**
 * Writes the rules. The id of their version becomes the id of the resource.
 *
 * Other rules are another resource. So a rollback to former rules sends no request, and an update has the same rules as the resource already has. If
 * S3 refuses to write them, the resource keeps its version.
 *
 * @throws Error if a creation cannot write them, or the hook could not use a fixed version of them
 */
export async function writeRules(s3: S3, bucket: string, key: string, event: Event<Properties>, context: Context): Promise<Outcome> {
  try {
    const version = await writtenVersion(s3, bucket, key, context);
    return outcome(version, `the rules are version ${version}`);
  } catch (error) {
    const version = knownVersion(event);
    if (!version) { throw error; }
    return outcome(version, `the rules remain at version ${version}: ${messageOf(error)}`);
  }
}

/** The current version of the resource, if it has the same rules. */
function knownVersion(event: Event<Properties>): string | undefined {
  const { PhysicalResourceId, ResourceProperties, OldResourceProperties } = event;
  const hasSameRules = ResourceProperties?.Rules === OldResourceProperties?.Rules;
  return event.RequestType === 'Update' && hasSameRules && PhysicalResourceId !== defaultIdOf(event) ? PhysicalResourceId : undefined;
}

async function writtenVersion(s3: S3, bucket: string, key: string, context: Context): Promise<string> {
  const rules = brotliDecompressSync(Buffer.from(GUARD_RULES, 'base64'));
  const version = await eventually(() => written(s3, { Bucket: bucket, Key: key, Body: rules }, context), context);
  if (!version || version === 'null') { throw new Error(`${bucket} must have versioning enabled`); } // one that keeps none, or no longer
  return version;
}

function outcome(VersionId: string, Reason: string): Outcome {
  return { Reason, PhysicalResourceId: VersionId, Data: { VersionId } };
}
