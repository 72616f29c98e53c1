import type { IncomingMessage, Server, ServerResponse } from 'http';
import { createServer } from 'http';
import type { AddressInfo } from 'net';

/** The requests to a metadata service. */
export interface Asked {
  v1: number;
  v2: number;
  token: number;
}

const VALUES: { readonly [path: string]: string } = {
  'meta-data/instance-id': 'i-0123456789abcdef0',
  'meta-data/ami-id': 'ami-0abc',
  'meta-data/instance-type': 'm7g.large',
  'meta-data/mac': '0a:bb:cc:dd:ee:ff',
  'meta-data/local-ipv4': '10.0.0.7',
  'meta-data/local-hostname': 'ip-10-0-0-7.ec2.internal',
  'meta-data/placement/availability-zone': 'eu-west-1b',
  'meta-data/placement/region': 'eu-west-1',
  'meta-data/iam/security-credentials': 'web-role',
  'meta-data/iam/security-credentials/web-role': '{"Code": "Success"}',
  'meta-data/spot/instance-action': '{"action": "stop"}',
  'dynamic/instance-identity/document': '{\n  "accountId" : "111122223333",\n  "region" : "eu-west-1"\n}',
  'user-data': '#!/bin/bash',
};

/** A metadata service on this host, for one script at a time. It can refuse requests without a token. */
export class FakeService {
  public asked: Asked = { v1: 0, v2: 0, token: 0 };
  private readonly tokens = new Set<string>();
  private readonly server: Server;

  public constructor(private readonly requiresTokens: boolean) {
    this.server = createServer((request, response) => this.answer(request, response));
  }

  public async start(): Promise<number> {
    await new Promise<void>(done => { this.server.listen(0, '127.0.0.1', done); });
    return (this.server.address() as AddressInfo).port;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>(done => { this.server.close(() => done()); });
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const host = request.headers.host ?? '169.254.169.254';
    const { hostname, pathname } = new URL(request.url!.startsWith('http') ? request.url! : `http://${host}${request.url}`);
    const send = (status: number, text: string) => {
      response.writeHead(status, { 'content-type': 'text/plain', 'connection': 'close' });
      response.end(request.method === 'HEAD' ? undefined : text);
    };
    if (!/^(?:169\.254\.169\.254|\[fd00:ec2::254\]|instance-data(?:\.ec2\.internal)?|imds)$/.test(hostname)) {
      send(502, 'another host');
    } else if (/^\/[^/]+\/api\/token\/?$/.test(pathname)) {
      this.giveToken(request, send);
    } else if (/^\/+(?:latest|\d{4}-\d\d-\d\d|1\.0)?(?:\/|$)/.test(pathname)) {
      this.giveData(request, pathname, send);
    } else {
      send(404, 'another cloud');
    }
  }

  private giveToken({ method, headers }: IncomingMessage, send: (status: number, text: string) => void): void {
    const lifetime = Number(headers['x-aws-ec2-metadata-token-ttl-seconds']);
    if (method !== 'PUT') {
      send(405, '');
    } else if (headers['x-forwarded-for'] !== undefined) {
      send(403, '');
    } else if (!(lifetime >= 1 && lifetime <= 21_600)) {
      send(400, '');
    } else {
      this.asked.token += 1;
      const token = `AQAE${this.tokens.size}==`;
      this.tokens.add(token);
      send(200, token);
    }
  }

  private giveData({ headers }: IncomingMessage, pathname: string, send: (status: number, text: string) => void): void {
    const token = headers['x-aws-ec2-metadata-token'];
    const isValid = typeof token === 'string' && this.tokens.has(token);
    this.asked[isValid ? 'v2' : 'v1'] += 1;
    // A wrong token is refused in any case. An empty one counts as none if tokens are optional.
    if (!isValid && this.requiresTokens) {
      send(401, '');
      return;
    }
    const path = pathname.replace(/\/{2,}/g, '/').replace(/^\/(?:latest|[\d.-]+)\/?/, '').replace(/[^/]+\/\.\.\//g, '').replace(/\/$/, '');
    const value = path === '' || path === 'meta-data' ? 'meta-data/' : VALUES[path];
    send(value === undefined ? 404 : 200, value ?? '');
  }
}
