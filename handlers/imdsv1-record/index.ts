/**
 * The function of `ImdsRepair` with a monitor. It returns whether instances may require IMDSv2, according to the record of the monitor.
 *
 * Environment: `BUCKET` and `KEY` of the record. Permission: `s3:GetObject` on that object.
 *
 * A state machine cannot do this: a record has megabytes, but a state can contain 256 KB.
 */
import { S3 } from '@aws-sdk/client-s3';
import type { UsageRecord } from '../../src/usage/usage-record';
import { type Question, verdictsOn, type Verdicts } from './verdicts';

export async function handler(question: Question): Promise<Verdicts> {
  const { BUCKET, KEY, AWS_REGION = '' } = process.env;
  return verdictsOn(question, await read(BUCKET!, KEY!), AWS_REGION, Date.now());
}

/** Reads the record. `undefined` if no run of the monitor has finished yet. */
async function read(Bucket: string, Key: string): Promise<UsageRecord | undefined> {
  const s3 = new S3({ followRegionRedirects: true, maxAttempts: 5 });
  const { Body } = await s3.getObject({ Bucket, Key }).catch((error: Error) => {
    if (error.name === 'NoSuchKey') { return { Body: undefined }; }
    throw error;
  });
  return Body && JSON.parse(await Body.transformToString()) as UsageRecord;
}
