import { mkdirSync, rmSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { SdkSupport } from '../../src';
import { SCRATCH } from '../harness/scratch-app';

/** Files by their paths. */
export interface Files {
  readonly [path: string]: string | Buffer;
}

let count = 0;

/** Writes files into their own folder. */
export function folderOf(files: Files): string {
  const folder = join(SCRATCH, `sdks-${process.pid}-${count++}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** The findings of a scan in files: `path:line package version verdict`, each on a line. */
export function foundIn(files: Files): readonly string[] {
  return SdkSupport.scan(folderOf(files)).sdks.map(({ file, line, packageName, version, verdict }) => `${file}:${line} ${packageName} ${version ?? '?'} ${verdict}`);
}
