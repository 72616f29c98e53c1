import { resolve } from 'path';
import type { TokenAnswer } from '../../harness/fake-metadata-service';
import { CONFIG_WITHOUT_FALLBACK, FAILURES, asked } from './client-programs';

/** A program with the real SDK, which finds credentials like every client of it. */
const PROGRAM = `
const { STSClient } = require('@aws-sdk/client-sts');
new STSClient({}).config.credentials()
  .then(({ accessKeyId }) => console.log(accessKeyId), error => { console.error(error.name + ': ' + error.message); process.exitCode = 1; });
`;

const NODE_PATH = resolve(__dirname, '../../../node_modules');

const ask = (answer: TokenAnswer, props: object, config?: string) => asked([process.execPath, '-e', PROGRAM], answer, props, { NODE_PATH }, config);

test.each(FAILURES)('if a request for a token gets %s, the SDK falls back to IMDSv1', async answer => {
  const { output, v1 } = await ask(answer, { v1Fallback: true });
  expect(output).toBe('ASIAFAKE\n');
  expect(v1.length).toBeGreaterThan(0);
});

test.each(FAILURES)('if a request for a token gets %s, the SDK with the settings does not fall back', async answer => {
  const { status, requests, v1 } = await ask(answer, {});
  expect([status, v1]).toEqual([1, []]);
  expect(requests.length).toBeGreaterThan(0);
  expect(requests.every(({ method }) => method === 'PUT')).toBe(true);
});

test('settings in the shared config file alone have the same effect', async () => {
  const { status, v1 } = await ask(403, { v1Fallback: true }, CONFIG_WITHOUT_FALLBACK);
  expect([status, v1]).toEqual([1, []]);
});

test('with the settings, the SDK still uses IMDSv2', async () => {
  const { output, v1 } = await ask('a token', {});
  expect([output, v1]).toEqual(['ASIAFAKE\n', []]);
});

test('if the metadata service is disabled, the SDK sends no request to it', async () => {
  const { status, requests } = await ask('a token', { disabled: true });
  expect([status, requests]).toEqual([1, []]);
});

test.each([
  ['IPv4', 0, '169.254.169.254'], ['IPv6', 0, 'fd00:ec2::254'], ['ipv6', 1, 'Unsupported endpoint mode: ipv6'],
])('with the mode %s, the SDK ends with %d', async (mode, status, said) => {
  const program = `
    const { getInstanceMetadataEndpoint } = require('@smithy/credential-provider-imds');
    getInstanceMetadataEndpoint().then(({ hostname }) => console.log(hostname), error => { console.error(error.message); process.exitCode = 1; });
  `;
  const ran = await asked([process.execPath, '-e', program], 'a token', {}, {
    NODE_PATH, AWS_EC2_METADATA_SERVICE_ENDPOINT: '', AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: mode,
  });
  expect([ran.status, ran.output]).toEqual([status, expect.stringContaining(said)]);
});
