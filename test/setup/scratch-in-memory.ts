import { spawnSync } from 'child_process';
import { existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const MEMORY = '/dev/shm';
/** What has to be free there, in bytes. A container often has 64 MB of it. */
const ROOM = 2 ** 31;

/**
 * Gives all that tests write one directory that goes away with them. It is in memory where the machine has room for it: to write a cloud assembly
 * to a disk takes more time of the processor than many a synthesis.
 */
export default function useScratchDirectory(): void {
  const directory = isRoomy(MEMORY) ? scratchIn(MEMORY) : undefined;
  process.env.TMPDIR = directory && runsPrograms(directory) ? directory : scratchIn(tmpdir());
}

function scratchIn(parent: string): string {
  const directory = mkdtempSync(join(parent, 'cdk-imdsv2-tests-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

function isRoomy(path: string): boolean {
  if (!existsSync(path)) { return false; }
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize > ROOM;
}

/** A place may be mounted without the right to run what is in it. */
function runsPrograms(directory: string): boolean {
  const program = join(directory, 'program');
  writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
  return spawnSync(program).status === 0;
}
