import { callsOf } from '../calls';
import type { Language } from '../documents/part';
import type { MetadataCall } from '../metadata-call';
import { scanKnown } from '../scan';
import type { PlacedScript } from './script-places';

/** The IMDSv1 calls of a script in a template. */
export interface PlacedCalls {
  readonly path: string;
  readonly calls: readonly MetadataCall[];
}

/** Without any of these a text calls nothing: most are not looked at further. */
const MAY_CALL = /169|254|instance-data|fd00|a9fe|2852039166|latest|meta-?data|[A-Za-z\d+/]{40}/i;

/** Scans scripts of templates. Many resources have the same: a text is scanned once. */
export class ScriptScans {
  private readonly known = new Map<string, readonly MetadataCall[]>();

  /** The calls, by the places of their scripts; nothing of a place without. */
  public callsIn(scripts: readonly PlacedScript[]): readonly PlacedCalls[] {
    const byPath = new Map<string, MetadataCall[]>();
    for (const { path, text, language } of scripts) {
      const calls = this.callsOf(text, language);
      const before = byPath.get(path) ?? [];
      const isNew = (call: MetadataCall) => !before.some(({ line, command }) => line === call.line && command === call.command);
      if (calls.length > 0) { byPath.set(path, [...before, ...calls.filter(isNew)]); }
    }
    return [...byPath].map(([path, calls]) => ({ path, calls }));
  }

  private callsOf(text: string, language: Language | undefined): readonly MetadataCall[] {
    const key = `${language ?? ''} ${text}`;
    const known = this.known.get(key);
    if (known) { return known; }
    const calls = MAY_CALL.test(text) ? scanKnown(text, language).flatMap(callsOf) : [];
    this.known.set(key, calls);
    return calls;
  }
}
