import { createServer } from 'http';
import type { IncomingMessage, Server, ServerResponse } from 'http';
import type { AddressInfo } from 'net';

/** The response to a request for a token: a token, an error, or none. */
export type TokenAnswer = 'a token' | 403 | 404 | 405 | 'nothing';

/** A request to it. */
export interface MetadataRequest {
  readonly method: string;
  readonly path: string;
  /** Whether it is an IMDSv1 request: it reads without a token. */
  readonly isV1: boolean;
}

const TOKEN = 'AQAEAFake==';
const CREDENTIALS = {
  Code: 'Success',
  Type: 'AWS-HMAC',
  AccessKeyId: 'ASIAFAKE',
  SecretAccessKey: 'fake',
  Token: 'fake',
  LastUpdated: '2026-01-01T00:00:00Z',
  Expiration: '2099-01-01T00:00:00Z',
};

/** A metadata service that allows IMDSv1, and can fail to return tokens. */
export class FakeMetadataService {
  /** Starts one. */
  public static async start(answer: TokenAnswer): Promise<FakeMetadataService> {
    const service = new FakeMetadataService(answer);
    await new Promise<void>(resolve => service.server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  public readonly requests: MetadataRequest[] = [];
  private readonly server: Server;

  private constructor(private readonly answer: TokenAnswer) {
    this.server = createServer((request, response) => this.respond(request, response));
  }

  public get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The IMDSv1 requests. */
  public get v1(): readonly MetadataRequest[] {
    return this.requests.filter(({ isV1 }) => isV1);
  }

  public stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise(resolve => this.server.close(() => resolve()));
  }

  private respond({ method = '', url = '', headers }: IncomingMessage, response: ServerResponse): void {
    const path = url.replace(/^\/+/, '/');
    this.requests.push({ method, path, isV1: method === 'GET' && headers['x-aws-ec2-metadata-token'] === undefined });
    if (method === 'PUT') {
      if (this.answer === 'nothing') { return; }
      response.writeHead(this.answer === 'a token' ? 200 : this.answer, { 'x-aws-ec2-metadata-token-ttl-seconds': '21600' })
        .end(this.answer === 'a token' ? TOKEN : '');
    } else {
      const text = textAt(path);
      response.writeHead(text === undefined ? 404 : 200, { 'content-type': 'text/plain' }).end(text ?? '');
    }
  }
}

function textAt(path: string): string | undefined {
  const list = '/latest/meta-data/iam/security-credentials';
  if (/\/security-credentials(?:-extended)?\/?$/.test(path)) { return 'role'; }
  if (path.startsWith(`${list}/role`)) { return JSON.stringify(CREDENTIALS); }
  return path === '/latest/meta-data/placement/availability-zone/' ? 'eu-west-1a' : undefined;
}
