import { spawnSync } from 'child_process';
import { existsSync } from 'fs';
import { delimiter, join } from 'path';
import { chromium } from 'playwright-core';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/** The seconds before each attempt to install one. */
const WAITS = [0, 15, 45];
const ON_MACOS = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** The path of a Chromium. It is installed if there is none. */
export function chromiumPath(): string {
  return found() ?? installedBySystem() ?? installedByPlaywright() ?? fail();
}

function found(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && !existsSync(named)) { throw new Error(`CHROMIUM_PATH names '${named}', where nothing is`); }
  const directories = (process.env.PATH ?? '').split(delimiter);
  const onPath = COMMANDS.flatMap(command => directories.map(directory => join(directory, command)));
  return [...named === undefined ? [] : [named], ...onPath, ON_MACOS].find(existsSync);
}

/** Installs Chromium on Debian and its derivatives, if that is permitted. It retries, because a mirror can fail while it is updated. */
function installedBySystem(): string | undefined {
  if (process.getuid?.() !== 0 || !succeeds('apt-get', '--version')) { return undefined; }
  for (const wait of WAITS) {
    spawnSync('sleep', [String(wait)]);
    console.log('no Chromium here: installing the one of the system');
    if (apt('update') && apt('install', '-y', '--no-install-recommends', 'chromium')) { return found(); }
  }
  return undefined;
}

/** Runs `apt`, and waits for other installations. */
function apt(...args: string[]): boolean {
  return succeeds('apt-get', '-qq', '-o', 'Acquire::Retries=3', '-o', 'DPkg::Lock::Timeout=120', ...args);
}

function installedByPlaywright(): string | undefined {
  console.log('no Chromium here: installing the one of Playwright');
  const path = succeeds('npx', 'playwright-core', 'install', 'chromium') ? chromium.executablePath() : undefined;
  return path !== undefined && existsSync(path) ? path : undefined;
}

function succeeds(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;
}

function fail(): never {
  throw new Error('no Chromium here, and none can be installed: install Chromium or Chrome, or name one in CHROMIUM_PATH');
}
