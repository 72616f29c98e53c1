import type { Dependency } from '../dependency';
import { TextFile } from '../text-file';
import { goVersionList } from './go';

/** The first bytes of programs for Linux, Windows and macOS. */
const BEGINNINGS = ['7f454c46', '4d5a', 'feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe'].map(bytes => Buffer.from(bytes, 'hex'));

/** The number of bytes that show whether a file is a program. */
export const HEAD = 4;

/** The smallest size of a Go program, in bytes. */
export const SMALLEST_PROGRAM = 200_000;

/** The bytes before and after the list of modules that Go builds into each program. */
const START = Buffer.from('3077af0c9274080241e1c107e6d618e6', 'hex');
const END = Buffer.from('f932433186182072008242104116d8f2', 'hex');

/** The longest list, in bytes. */
const LONGEST = 4_000_000;

/** Whether a file can be a program, by its name. Most programs have no file extension. */
export function isCalledAsProgram(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return !/\.[a-z][a-z0-9]{0,9}$/i.test(name) || /\.(?:exe|bin|so)$/i.test(name);
}

/** Whether a file is a program, by its first bytes. */
export function isProgram(head: Buffer): boolean {
  return BEGINNINGS.some(beginning => head.subarray(0, beginning.length).equals(beginning));
}

/** The modules in a Go program, as `go version -m` lists them. */
export function goProgram(path: string, bytes: Buffer): readonly Dependency[] {
  for (let start = bytes.indexOf(START); start !== -1; start = bytes.indexOf(START, start + START.length)) {
    const from = start + START.length;
    const end = bytes.subarray(from, from + LONGEST).indexOf(END);
    const list = end === -1 ? '' : bytes.toString('utf8', from, from + end);
    if (/^(?:path|mod|dep)\t/.test(list)) { return goVersionList(new TextFile(path, list)).map((found): Dependency => ({ ...found, line: () => 1 })); }
  }
  return [];
}
