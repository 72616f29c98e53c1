import { gunzipSync, gzipSync } from 'zlib';
import type { S3 } from '@aws-sdk/client-s3';
import type { UsageRecord } from '../../src/usage/usage-record';
import { messageOf } from '../custom-resource/message-of';
import { hourOf } from './hours';
import { type Memory, MEMORY_SCHEMA } from './memory';

/** An object of the bucket: its contents, and the ETag, which changes if somebody else writes it. */
export interface Stored<Content> {
  readonly content?: Content;
  /** Left out if the object does not exist. */
  readonly tag?: string;
}

/** Another run has written the object since it was read. */
export class Overtaken extends Error {}

/** The objects of an account in the collector's bucket. */
export class Store {
  private readonly record: string;

  public constructor(private readonly s3: Pick<S3, 'getObject' | 'putObject'>, private readonly Bucket: string, private readonly account: string) {
    this.record = `usage/${account}/latest.json`;
  }

  /** Reads the record of the last run. An invalid record counts as none. */
  public async readRecord(): Promise<Stored<UsageRecord>> {
    return this.read(this.record, bytes => JSON.parse(Buffer.from(bytes).toString()) as UsageRecord, ({ schemaVersion, regions }) =>
      /^1\./.test(schemaVersion) && Array.isArray(regions));
  }

  /** Writes the record, and a copy of it for the hour. @throws Overtaken if another run has written it since */
  public async writeRecord(record: UsageRecord, tag: string | undefined): Promise<void> {
    const body = JSON.stringify(record);
    await this.write(this.record, body, 'application/json', tag);
    const [day, time] = record.at.split('T');
    await this.s3.putObject({
      Bucket: this.Bucket, Key: `usage/${this.account}/runs/${day.replace(/-/g, '/')}/${time.slice(0, 2)}.json`, Body: body, ContentType: 'application/json',
    });
  }

  /** Reads the memory of a Region. A memory that is damaged, of another version or from the future counts as none. */
  public async readMemory(region: string, now: number): Promise<Stored<Memory>> {
    const isValid = ({ schema, launchers, instances, done, resources, watchedUntil = 0 }: Memory) =>
      schema === MEMORY_SCHEMA && [launchers, instances, done, resources].every(each => typeof each === 'object') && watchedUntil <= hourOf(now);
    return this.read(this.memoryKey(region), bytes => JSON.parse(gunzipSync(bytes).toString()) as Memory, isValid);
  }

  /** @throws Overtaken if another run has written it since */
  public async writeMemory(region: string, memory: Memory, tag: string | undefined): Promise<void> {
    await this.write(this.memoryKey(region), gzipSync(JSON.stringify(memory)), 'application/gzip', tag);
  }

  private memoryKey(region: string): string {
    return `state/${this.account}/${region}.json.gz`;
  }

  private async read<Content>(Key: string, parse: (bytes: Uint8Array) => Content, isValid: (content: Content) => boolean): Promise<Stored<Content>> {
    const { Body, ETag: tag } = await this.s3.getObject({ Bucket: this.Bucket, Key }).catch((error: Error) => {
      if (error.name === 'NoSuchKey') { return {} as { Body?: undefined; ETag?: undefined }; }
      throw error;
    });
    if (Body === undefined) { return { tag }; }
    const bytes = await Body.transformToByteArray();
    try {
      const content = parse(bytes);
      return { tag, content: isValid(content) ? content : undefined };
    } catch (error) {
      console.log(Key, messageOf(error));
      return { tag };
    }
  }

  private async write(Key: string, Body: string | Uint8Array, ContentType: string, tag: string | undefined): Promise<void> {
    const condition = tag === undefined ? { IfNoneMatch: '*' } : { IfMatch: tag };
    await this.s3.putObject({ Bucket: this.Bucket, Key, Body, ContentType, ...condition }).catch((error: Error) => {
      if (/^(PreconditionFailed|ConditionalRequestConflict)$/.test(error.name)) { throw new Overtaken(Key); }
      throw error;
    });
  }
}
