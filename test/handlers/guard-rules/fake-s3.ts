import { createHash } from 'crypto';
import { type Answer, AwsServer, type Call, succeeded, unknownAction } from '../harness/aws-server';
import { element } from '../harness/xml';

export const BUCKET = 'stackset-hook-rulesbucket';
export const KEY = 'imdsv2.guard';

/** A version of an object. */
export interface Version {
  readonly id: string;
  readonly key: string;
  /** Its contents. `undefined` for a delete marker. */
  readonly text?: string;
}

/** The data of the resource in CloudFormation. */
export interface ResourceState {
  readonly status: string;
  readonly type: string;
}

/** A bucket with versions, and a stack. */
export class FakeS3 extends AwsServer {
  /** The newest first. */
  public versions: Version[] = [];
  public isThere = true;
  public keepsVersions = true;
  public state: ResourceState = { status: 'CREATE_IN_PROGRESS', type: 'Custom::ImdsGuardRules' };

  /** The denied actions, and how often they are denied. */
  public readonly denied = new Map<string, number>();

  /** The number of versions in a page. */
  public page = 1_000;

  private counter = 0;

  /** The calls of S3 and CloudFormation, in order. */
  public get operations(): string[] {
    return this.calls.map(operationOf);
  }

  /** Adds a version. */
  public add(key: string, text?: string): Version {
    const version = { id: this.keepsVersions ? `v${++this.counter}` : 'null', key, text };
    this.versions = [version, ...this.versions];
    return version;
  }

  protected answer(call: Call): Answer {
    const operation = operationOf(call);
    const left = this.denied.get(operation) ?? 0;
    if (left > 0) {
      this.denied.set(operation, left - 1);
      return s3Error(403, 'AccessDenied', `no right to ${operation}`);
    }
    if (operation === 'DescribeStackResource') { return succeeded(stackXml(call, this.state)); }
    if (!this.isThere) { return s3Error(404, 'NoSuchBucket', 'The specified bucket does not exist'); }
    switch (operation) {
      case 'PutObject': return this.put(call);
      case 'ListObjectVersions': return this.list(call);
      case 'DeleteObject': return this.removeVersion(call);
      case 'DeleteBucket': return this.removeBucket();
      default: return unknownAction(call);
    }
  }

  private put({ action, body }: Call): Answer {
    const { id } = this.add(action.slice(BUCKET.length + 1), body);
    return { ...succeeded(''), headers: this.keepsVersions ? { 'x-amz-version-id': id } : {} };
  }

  private list({ parameters: { prefix, 'version-id-marker': marker } }: Call): Answer {
    const found = this.versions.filter(({ key }) => key.startsWith(prefix));
    const start = marker ? this.versions.findIndex(({ id }) => id === marker) + 1 : 0;
    const shown = found.slice(start, start + this.page);
    const last = shown.at(-1);
    const isTruncated = start + this.page < found.length;
    return succeeded(`<ListVersionsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${element('IsTruncated', String(isTruncated))}`
      + (isTruncated ? element('NextKeyMarker', last!.key) + element('NextVersionIdMarker', last!.id) : '')
      + `${shown.map(versionXml).join('')}</ListVersionsResult>`);
  }

  private removeVersion({ action, parameters: { versionId } }: Call): Answer {
    const key = action.slice(BUCKET.length + 1);
    this.versions = this.versions.filter(version => version.key !== key || version.id !== versionId);
    return { ...succeeded(''), status: 204 };
  }

  private removeBucket(): Answer {
    if (this.versions.length > 0) { return s3Error(409, 'BucketNotEmpty', 'The bucket you tried to delete is not empty.'); }
    this.isThere = false;
    return { ...succeeded(''), status: 204 };
  }
}

function operationOf({ service, action, method, parameters }: Call): string {
  if (service !== 's3') { return action; }
  const isObject = action.includes('/') && !action.endsWith('/');
  if (method === 'GET') { return 'versions' in parameters ? 'ListObjectVersions' : 'ListObjects'; }
  return `${method === 'PUT' ? 'Put' : 'Delete'}${isObject ? 'Object' : 'Bucket'}`;
}

function versionXml({ id, key, text }: Version): string {
  const tag = text === undefined ? '' : element('ETag', `"${createHash('md5').update(text).digest('hex')}"`);
  const name = text === undefined ? 'DeleteMarker' : 'Version';
  return `<${name}>${element('Key', key)}${element('VersionId', id)}${tag}</${name}>`;
}

function stackXml({ parameters }: Call, { status, type }: ResourceState): string {
  const detail = element('LogicalResourceId', parameters.LogicalResourceId) + element('ResourceStatus', status) + element('ResourceType', type);
  return '<DescribeStackResourceResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStackResourceResult>'
    + `<StackResourceDetail>${detail}</StackResourceDetail></DescribeStackResourceResult></DescribeStackResourceResponse>`;
}

function s3Error(status: number, code: string, message: string): Answer {
  return { ...succeeded(`<?xml version="1.0" encoding="UTF-8"?>\n<Error>${element('Code', code)}${element('Message', message)}</Error>`), status };
}
