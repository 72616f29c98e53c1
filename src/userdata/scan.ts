import { batchAsShell, terraformAsShell } from './as-shell';
import { noteByLines } from './by-lines';
import type { Language, Part } from './documents/part';
import { partsOf } from './documents/parts';
import { noteOther, notePowerShell, notePython, scanForeign } from './foreign-scripts';
import { withoutMarkers } from './request/possible-text';
import type { ScannedScript } from './scanned-script';
import { scannedScript, usesTokens, withoutUnknownPrograms } from './scanned-script';
import { scanShell } from './shell/scan-shell';
import { Source } from './shell/text/source';
import { Trail } from './shell/trail';

/** The most nested texts that are parsed. The others are searched line by line. */
const MOST_PARTS = 500;

/** Finds and scans the scripts in a text. It accepts any text. */
export function scanScripts(text: string): readonly ScannedScript[] {
  return scanKnown(withoutMarkers(text));
}

/** The same for a text from a template, where marks stand for values that are only known at deployment. The language can be known. */
export function scanKnown(text: string, language?: Language, line = 1): readonly ScannedScript[] {
  const parts = language === undefined ? partsSafely(text, line) : [{ language, text, line }];
  const scripts = parts.map((part, index) => scanSafely(index < MOST_PARTS ? part : { ...part, isSkipped: true }));
  return scripts.some(usesTokens) ? scripts.map(withoutUnknownPrograms) : scripts;
}

function partsSafely(text: string, line: number): readonly Part[] {
  try {
    return partsOf(text, line);
  } catch {
    return [{ language: 'shell', text, line }];
  }
}

/** If the parser throws, the script is searched line by line. */
function scanSafely(part: Part): ScannedScript {
  try {
    return scanPart(part);
  } catch {
    return scanByLines(part);
  }
}

function scanPart(part: Part): ScannedScript {
  if (part.isSkipped) { return scanByLines(part); }
  switch (part.language) {
    case 'python': return scanForeignPart(part, (source, trail) => notePython(source, trail, true));
    case 'powershell': return scanForeignPart(part, notePowerShell);
    case 'text': return /^\s*#!/.test(part.text) ? scanForeignPart(part, (source, trail) => noteOther(source, trail, interpreterOf(part.text))) : scanByLines(part);
    default: return scanShellPart(part);
  }
}

/** Batch files are scanned as shell scripts, too. */
function scanShellPart(part: Part): ScannedScript {
  const plain = part.text.replaceAll('\r\n', '\n');
  const text = part.language === 'batch' ? batchAsShell(plain) : terraformAsShell(plain);
  const trail = scanShell(text, scanForeign);
  return scannedScript({ ...part, text }, trail, part.text);
}

function scanForeignPart(part: Part, note: (source: Source, trail: Trail) => void): ScannedScript {
  const trail = new Trail();
  note(Source.of(part.text), trail);
  return scannedScript(part, trail);
}

/** The name of the program in the first line of a script. */
function interpreterOf(text: string): string {
  return /(?<![a-z])([a-z]+)[\d.]*\s*$/.exec(text.trimStart().split('\n', 1)[0])?.[1] ?? 'program';
}

function scanByLines(part: Part): ScannedScript {
  const trail = new Trail();
  noteByLines(Source.of(part.text), 0, trail);
  return scannedScript(part, trail);
}
