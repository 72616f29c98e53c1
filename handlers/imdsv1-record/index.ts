/**
 * The function behind `ImdsRepair` where there is a monitor: says of instances whether they may require IMDSv2, by the record that the monitor wrote.
 *
 * Environment: `BUCKET` and `KEY`, where the record is. What it asks of AWS: `s3:GetObject` of that object.
 *
 * A state machine cannot do this by itself: a record has megabytes, and a state takes 256 KB.
 */
import { S3 } from '@aws-sdk/client-s3';
import type { UsageRecord } from '../../src/usage/usage-record';
import { type Question, verdictsOn, type Verdicts } from './verdicts';

export async function handler(question: Question): Promise<Verdicts> {
  const { BUCKET, KEY, AWS_REGION = '' } = process.env;
  return verdictsOn(question, await read(BUCKET!, KEY!), AWS_REGION, Date.now());
}

/** Nothing where no run of the monitor was through yet. */
async function read(Bucket: string, Key: string): Promise<UsageRecord | undefined> {
  const s3 = new S3({ followRegionRedirects: true, maxAttempts: 5 });
  const { Body } = await s3.getObject({ Bucket, Key }).catch((error: Error) => {
    if (error.name === 'NoSuchKey') { return { Body: undefined }; }
    throw error;
  });
  return Body && JSON.parse(await Body.transformToString()) as UsageRecord;
}
