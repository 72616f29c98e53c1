import { execFileSync } from 'child_process';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type { TokenAnswer } from '../../harness/fake-metadata-service';
import { CONFIG_WITHOUT_FALLBACK, FAILURES, asked } from './client-programs';

/** The timeout of pip, which downloads 20 MB. */
const MOST_TIME = 300_000;

const ENVIRONMENT = mkdtempSync(join(tmpdir(), 'cdk-imdsv2-python-'));
const reason = installed();
if (reason !== undefined) { process.stdout.write(`boto3 and the AWS CLI are not tried: ${reason}\n`); }
const whereInstalled = reason === undefined ? describe : describe.skip;

/** Installs both SDKs. Returns the reason if that is not possible here. */
function installed(): string | undefined {
  try {
    execFileSync('python3', ['-m', 'venv', ENVIRONMENT], { stdio: 'pipe' });
  } catch {
    return 'there is no Python with venv';
  }
  try {
    execFileSync(join(ENVIRONMENT, 'bin', 'pip'), ['install', '--quiet', 'boto3', 'awscli'], { stdio: 'pipe', timeout: MOST_TIME });
  } catch (error) {
    return `pip cannot install them: ${String((error as { stderr?: Buffer }).stderr ?? error).trim().split('\n').pop()}`;
  }
  return undefined;
}

afterAll(() => rmSync(ENVIRONMENT, { recursive: true, force: true }));

const bin = (name: string) => join(ENVIRONMENT, 'bin', name);

/** The program for each of them, and its output with the credentials of the fake service. */
const PROGRAMS: [string, string[], string][] = [
  ['boto3', [bin('python'), '-c', 'import boto3; print(boto3.Session().get_credentials().access_key)'], 'ASIAFAKE'],
  ['the AWS CLI', [bin('python'), bin('aws'), 'configure', 'list'], 'iam-role'],
];

whereInstalled.each(PROGRAMS)('%s', (_, command, found) => {
  const ask = (answer: TokenAnswer, props: object, config?: string) => asked(command, answer, props, {}, config);

  test.each(FAILURES)('if a request for a token gets %s, it falls back to IMDSv1', async answer => {
    const { output, v1 } = await ask(answer, { v1Fallback: true });
    expect(output).toContain(found);
    expect(v1.length).toBeGreaterThan(0);
  });

  test.each(FAILURES)('if a request for a token gets %s, with the settings it does not fall back', async answer => {
    const { output, requests, v1 } = await ask(answer, {});
    expect([output.includes(found), v1]).toEqual([false, []]);
    expect(requests.length).toBeGreaterThan(0);
  });

  test('settings in the shared config file alone have the same effect', async () => {
    const { output, v1 } = await ask(403, { v1Fallback: true }, CONFIG_WITHOUT_FALLBACK);
    expect([output.includes(found), v1]).toEqual([false, []]);
  });

  test('with the settings, it still uses IMDSv2', async () => {
    const { output, v1 } = await ask('a token', {});
    expect([output.includes(found), v1]).toEqual([true, []]);
  });

  test('if the metadata service is disabled, it sends no request to it', async () => {
    const { output, requests } = await ask('a token', { disabled: true });
    expect([output.includes(found), requests]).toEqual([false, []]);
  });
});
