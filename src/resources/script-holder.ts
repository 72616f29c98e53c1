import type { ContainerPlatforms } from './environment';
import { parsePath } from './path';
import type { ResourceRecord, ScriptPlace } from './record';
import { record } from './record-builder';

/** The record of a type that launches nothing and is not a launch source: it contains scripts that run on instances. */
export function scriptHolder(type: string, ...scripts: readonly ScriptPlace[]): ResourceRecord {
  return record(type, { isTemplate: true, scripts });
}

/** A place with a script. */
export function textAt(path: string): ScriptPlace {
  return { kind: 'text', path: parsePath(path) };
}

/** A place with a document that contains scripts. */
export function documentAt(path: string): ScriptPlace {
  return { kind: 'document', path: parsePath(path) };
}

/** A place with lines of commands, and the one that names their document. */
export function linesAt(path: string, named: { readonly document: string }): ScriptPlace {
  return { kind: 'lines', path: parsePath(path), document: parsePath(named.document) };
}

/** Places with commands as words: the parent, and the keys of the words, first keys first. */
export function wordsAt(platforms: ContainerPlatforms, places: { readonly [path: string]: readonly string[] }): ScriptPlace[] {
  return Object.entries(places).map(([path, keys]) => ({ kind: 'words', path: parsePath(path), keys, platforms }));
}
