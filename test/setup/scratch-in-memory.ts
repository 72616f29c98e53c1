import { spawnSync } from 'child_process';
import { existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const MEMORY = '/dev/shm';
/** The needed free space, in bytes. A container often has only 64 MB. */
const ROOM = 2 ** 31;

/**
 * Provides one directory for all files that tests write, and deletes it at the end. It is in memory if the machine has enough: to write a cloud assembly
 * to a disk takes more processor time than many a synthesis.
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

/** A file system can be mounted so that programs on it cannot be run. */
function runsPrograms(directory: string): boolean {
  const program = join(directory, 'program');
  writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
  return spawnSync(program).status === 0;
}
