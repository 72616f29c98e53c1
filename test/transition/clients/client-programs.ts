import { spawn } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type { ImdsClientSettingsProps } from '../../../src';
import { ImdsClientSettings } from '../../../src';
import type { MetadataRequest, TokenAnswer } from '../../harness/fake-metadata-service';
import { FakeMetadataService } from '../../harness/fake-metadata-service';

/** The result of clients that look for credentials. */
export interface Asked {
  readonly status: number | null;
  readonly output: string;
  readonly requests: readonly MetadataRequest[];
  readonly v1: readonly MetadataRequest[];
}

/** All results of a request for a token except a token. */
export const FAILURES: readonly TokenAnswer[] = [403, 404, 405, 'nothing'];

/**
 * Runs a program that is to find credentials: its environment is what settings come to, and nothing else.
 *
 * @param config its shared config file, where it has one
 */
export async function asked(
  command: readonly string[], answer: TokenAnswer, props: ImdsClientSettingsProps, more: NodeJS.ProcessEnv = {}, config?: string,
): Promise<Asked> {
  const service = await FakeMetadataService.start(answer);
  const home = mkdtempSync(join(tmpdir(), 'cdk-imdsv2-home-'));
  try {
    if (config !== undefined) {
      mkdirSync(join(home, '.aws'));
      writeFileSync(join(home, '.aws', 'config'), config);
    }
    const { environment } = new ImdsClientSettings({ ...props, endpoint: service.endpoint });
    const { status, output } = await run(command, { PATH: process.env.PATH, HOME: home, AWS_REGION: 'eu-west-1', NODE_NO_WARNINGS: '1', ...environment, ...more });
    return { status, output, requests: service.requests, v1: service.v1 };
  } finally {
    await service.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

function run([program, ...words]: readonly string[], env: NodeJS.ProcessEnv): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) { stream.on('data', chunk => { output += String(chunk); }); }
    child.on('error', reject);
    child.on('close', status => resolve({ status, output }));
  });
}

/** The shared config file that the commands of the settings write. */
export const CONFIG_WITHOUT_FALLBACK = '[default]\nec2_metadata_v1_disabled = true\n';
