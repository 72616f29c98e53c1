import type { Dependency } from '../dependency';
import { TextFile } from '../text-file';
import { goVersionList } from './go';

/** How programs of Linux, Windows and macOS begin. */
const BEGINNINGS = ['7f454c46', '4d5a', 'feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe'].map(bytes => Buffer.from(bytes, 'hex'));

/** As many bytes as say whether a file is a program. */
export const HEAD = 4;

/** No program that Go has built is smaller, in bytes. */
export const SMALLEST_PROGRAM = 200_000;

/** What stands before and behind the list of modules that Go builds into each program. */
const START = Buffer.from('3077af0c9274080241e1c107e6d618e6', 'hex');
const END = Buffer.from('f932433186182072008242104116d8f2', 'hex');

/** As long as that list is, in bytes. */
const LONGEST = 4_000_000;

/** Whether a file may be a program by its name: most have none of the endings of other files. */
export function isCalledAsProgram(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return !/\.[a-z][a-z0-9]{0,9}$/i.test(name) || /\.(?:exe|bin|so)$/i.test(name);
}

/** Whether a file is a program by how it begins. */
export function isProgram(head: Buffer): boolean {
  return BEGINNINGS.some(beginning => head.subarray(0, beginning.length).equals(beginning));
}

/** The modules in a program that Go has built, as `go version -m` lists them. */
export function goProgram(path: string, bytes: Buffer): readonly Dependency[] {
  for (let start = bytes.indexOf(START); start !== -1; start = bytes.indexOf(START, start + START.length)) {
    const from = start + START.length;
    const end = bytes.subarray(from, from + LONGEST).indexOf(END);
    const list = end === -1 ? '' : bytes.toString('utf8', from, from + end);
    if (/^(?:path|mod|dep)\t/.test(list)) { return goVersionList(new TextFile(path, list)).map((found): Dependency => ({ ...found, line: () => 1 })); }
  }
  return [];
}
