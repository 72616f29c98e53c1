import { execFileSync, spawnSync } from 'child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';

/** Directories that a script writes to. The script gets separate ones instead. */
const OWN = ['/etc', '/root'];

/** Whether scripts can get their own directories here. This needs Linux, and the permission to create namespaces. */
export const CAN_GIVE_ROOT = spawnSync('unshare', ['-rm', 'true']).status === 0;

/** The result of a script. */
export interface Ran {
  readonly status: number | null;
  readonly output: string;
  /** The files after the script, by path. */
  readonly files: { readonly [path: string]: string };
}

/** Runs scripts as root, one after the other, with their own `/etc` and `/root`. */
export function inARoot(shell: readonly string[], scripts: readonly string[], before: { readonly [path: string]: string } = {}): Ran {
  const root = mkdtempSync(join(tmpdir(), 'cdk-imdsv2-root-'));
  try {
    OWN.forEach(folder => mkdirSync(join(root, folder)));
    for (const [path, text] of Object.entries(before)) {
      mkdirSync(join(root, dirname(path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    scripts.forEach((script, index) => writeFileSync(join(root, `script-${index}`), script));
    const mounts = OWN.map(folder => `mount --bind ${join(root, folder)} ${folder}`);
    const runs = scripts.map((_, index) => [...shell, join(root, `script-${index}`)].join(' '));
    const { status, stdout, stderr } = spawnSync('unshare', ['-rm', 'sh', '-c', [...mounts, ...runs].join(' && ')], { encoding: 'utf8', env: { PATH: process.env.PATH } });
    return { status, output: stdout + stderr, files: filesOf(root) };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function filesOf(root: string): { [path: string]: string } {
  const paths = OWN.flatMap(folder => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(path => `${folder}/${path}`));
  return Object.fromEntries(paths.filter(path => statSync(join(root, path)).isFile()).map(path => [path, readFileSync(join(root, path), 'utf8')]));
}

/** The installed shells, with common options. */
export function shells(): (readonly string[])[] {
  const here = ['/bin/bash', '/bin/dash', '/bin/zsh', '/bin/ksh'].filter(existsSync);
  return here.flatMap(shell => [[shell], [shell, '-eu']]);
}

/** The variables of a program that a shell starts after it has read a file. */
export function sourced(text: string, environment: { readonly [name: string]: string } = {}): { [name: string]: string } {
  const printed = execFileSync('sh', ['-c', `set -a\n${text}\nenv -0`], { encoding: 'utf8', env: { PATH: process.env.PATH!, ...environment } });
  return Object.fromEntries(printed.split('\0').filter(line => line.includes('=')).map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}
