import { spawn } from 'child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type { Asked } from './fake-service';
import { FakeService } from './fake-service';

/** The result of a script. */
export interface Outcome {
  readonly output: string;
  readonly asked: Asked;
}

/** The directories that scripts write to. They are in a separate directory during a run. */
const PLACES = ['/etc/', '/usr/local/', '/opt/', '/var/'];
/** Longer than any script of the corpus takes. */
const LONGEST_MS = 20_000;

/** Programs that replace those of this host for a script. `PORT` is that of the service. */
const PROGRAMS: { readonly [name: string]: string } = {
  curl: 'exec /usr/bin/curl --connect-to "::127.0.0.1:PORT" --max-time 5 "$@"',
  wget: 'http_proxy=http://127.0.0.1:PORT exec /usr/bin/wget -e use_proxy=yes --tries=1 "$@"',
  nc: 'for each in "$@"; do [ "$each" = -z ] && exit 0; done\nexec 3<>/dev/tcp/127.0.0.1/PORT; cat >&3; cat <&3',
  sudo: 'exec "$@"',
  timeout: 'shift; exec "$@"',
  python3: 'exec env http_proxy=http://127.0.0.1:PORT no_proxy= /usr/bin/env -u PYTHONPATH PYTHON "$@"',
  aws: 'echo "aws $*"',
};
const SILENT = ['yum', 'systemctl', 'iptables', 'logger', 'sleep', 'cloud-init', 'ec2-metadata', 'crontab'];

/** Runs a shell script with a metadata service. With `later`, it also runs the scripts that it wrote. */
export async function runScript(script: string, options: { requiresTokens: boolean; later: boolean; python: string }): Promise<Outcome> {
  const service = new FakeService(options.requiresTokens);
  const port = await service.start();
  const home = mkdtempSync(join(tmpdir(), 'userdata-'));
  try {
    prepare(home, port, options.python);
    const sandboxed = inSandbox(script, home, port);
    const output = [await run(sandboxed, home)];
    for (const written of options.later ? scriptsIn(join(home, 'root')) : []) { output.push(await run(written, home)); }
    return { output: output.join('').replaceAll(home, ''), asked: service.asked };
  } finally {
    await service.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

function prepare(home: string, port: number, python: string): void {
  const programs = { ...PROGRAMS, ...Object.fromEntries(SILENT.map(name => [name, 'exit 0'])) };
  mkdirSync(join(home, 'bin'));
  for (const [name, body] of Object.entries(programs)) {
    const path = join(home, 'bin', name);
    writeFileSync(path, `#!/bin/bash\n${body.replaceAll('PORT', String(port)).replaceAll('PYTHON', python)}\n`);
    chmodSync(path, 0o755);
  }
  for (const place of [...PLACES, '/etc/cron.d/', '/etc/systemd/system/', '/etc/profile.d/', '/usr/local/bin/']) { mkdirSync(join(home, 'root', place), { recursive: true }); }
}

function inSandbox(script: string, home: string, port: number): string {
  const placed = PLACES.reduce((text, place) => text.replaceAll(new RegExp(`(?<=[\\s"'=(])${place}`, 'g'), `${join(home, 'root')}${place}`), script);
  return placed.replaceAll('/dev/tcp/169.254.169.254/80', `/dev/tcp/127.0.0.1/${port}`);
}

async function run(script: string, home: string): Promise<string> {
  const shell = /^#!.*?\b(sh|python3)\n/.exec(script)?.[1] ?? 'bash';
  const file = join(home, 'script');
  writeFileSync(file, script);
  const child = spawn(shell, [file], {
    cwd: home, stdio: ['ignore', 'pipe', 'ignore'], timeout: LONGEST_MS, env: { PATH: `${join(home, 'bin')}:/usr/bin:/bin`, HOME: home },
  });
  const pieces: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => { pieces.push(piece); });
  await new Promise<void>(done => { child.on('close', () => done()); });
  return Buffer.concat(pieces).toString('utf8');
}

/** The scripts that a script wrote and something else runs later: programs, cron jobs, units, profiles. */
function scriptsIn(directory: string): string[] {
  if (!existsSync(directory)) { return []; }
  return readdirSync(directory).sort().flatMap(name => {
    const path = join(directory, name);
    if (statSync(path).isDirectory()) { return scriptsIn(path); }
    const text = readFileSync(path, 'utf8');
    if (path.includes('/cron.d/')) { return text.split('\n').filter(line => /^[*\d@]/.test(line)).map(line => line.split(' ').slice(6).join(' ')); }
    if (name.endsWith('.service')) { return text.split('\n').filter(line => /^Exec\w+=/.test(line)).map(line => line.slice(line.indexOf('=') + 1)); }
    return [text];
  });
}
