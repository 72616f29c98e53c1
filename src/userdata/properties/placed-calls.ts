import { Memo } from '../../model/memo';
import { callsOf } from '../calls';
import { MetadataCallCertainty } from '../metadata-call';
import type { MetadataCall } from '../metadata-call';
import { scanKnown } from '../scan';
import type { FetchedScript, ScannedScript } from '../scanned-script';
import { usesTokens, withoutUnknownPrograms } from '../scanned-script';
import type { ScriptLine } from '../script-lines';
import type { PlacedScript } from './script-places';

/** A call and its lines. */
export interface PlacedCall extends MetadataCall {
  readonly excerpt: readonly ScriptLine[];
}

/** The IMDSv1 calls of a script in a template. */
export interface PlacedCalls {
  readonly path: string;
  readonly calls: readonly PlacedCall[];
}

/** A script that a script in a template downloads and runs. */
export interface PlacedFetch extends FetchedScript {
  readonly path: string;
}

/** A text without any of these contains no call. Most texts need no further check. */
const MAY_CALL = /169|254|instance-data|fd00|a9fe|2852039166|latest|meta-?data|ec2-metadata|boto\b|[A-Za-z\d+/]{40}/i;
/** A text without any of these downloads nothing. */
const MAY_FETCH = /curl|wget|\bfetch\b|s3 cp|#include|x-include|[A-Za-z\d+/]{40}/i;

const NO_CALLS: readonly PlacedCalls[] = [];

/** Scans scripts of templates. Many resources can have the same text, so each text is scanned once. */
export class ScriptScans {
  private readonly known = new Map<string, readonly ScannedScript[]>();
  private readonly silent = new Memo((text: string) => !MAY_CALL.test(text));

  /** Whether a text contains no call, as far as a fast check can find out. */
  public isSilent(text: string): boolean {
    return this.silent.of(text);
  }

  /** The calls by script. Scripts without calls are left out. */
  public callsIn(scripts: readonly PlacedScript[]): readonly PlacedCalls[] {
    const calling = scripts.filter(({ text }) => MAY_CALL.test(text));
    if (calling.length === 0) { return NO_CALLS; }
    const areTokensUsed = calling.some(script => this.scanned(script).some(usesTokens));
    const byPath = new Map<string, PlacedCall[]>();
    for (const script of calling) {
      const scanned = this.scanned(script);
      const calls = (areTokensUsed ? scanned.map(withoutUnknownPrograms) : scanned).flatMap(placedCalls);
      const before = byPath.get(script.path) ?? [];
      const isNew = (call: MetadataCall) => !before.some(({ line, command }) => line === call.line && command === call.command);
      if (calls.length > 0) { byPath.set(script.path, [...before, ...calls.filter(isNew)]); }
    }
    return [...byPath].map(([path, calls]) => ({ path, calls }));
  }

  /** The scripts that other scripts download and run. The template does not contain them. */
  public fetchesIn(scripts: readonly PlacedScript[]): readonly PlacedFetch[] {
    const all = scripts.filter(({ text }) => MAY_FETCH.test(text))
      .flatMap(script => this.scanned(script).flatMap(({ fetched }) => fetched.map(each => ({ ...each, path: script.path }))));
    return [...new Map(all.map(each => [`${each.path} ${each.line} ${each.url}`, each])).values()];
  }

  private scanned({ text, language, line }: PlacedScript): readonly ScannedScript[] {
    const key = `${language ?? ''} ${line ?? 1} ${text}`;
    const known = this.known.get(key) ?? scanKnown(text, language, line);
    this.known.set(key, known);
    return known;
  }
}

function placedCalls(script: ScannedScript): PlacedCall[] {
  return callsOf(script).map((call, index) => ({ ...call, excerpt: script.calls[index].excerpt }));
}

/** Whether a call is certain, only likely, or made only after IMDSv2 has failed. */
export function certaintyOf({ certainty }: MetadataCall): 'certain' | 'likely' | 'fallback' {
  switch (certainty) {
    case MetadataCallCertainty.CERTAIN: return 'certain';
    case MetadataCallCertainty.LIKELY: return 'likely';
    case MetadataCallCertainty.FALLBACK: return 'fallback';
  }
}
