import type { Part } from './documents/part';
import { shown } from './request/possible-text';

/** A line of a script. */
export interface ScriptLine {
  readonly line: number;
  readonly text: string;
  /** Whether it is a line of the call. */
  readonly isCall: boolean;
}

const LONGEST_LINE = 200;
/** The most lines of a call that are shown, and the lines around it. */
const MOST_LINES = 12;
const LINES_AROUND = 1;

/** The lines of a call, and the lines around it. */
export function excerptOf(text: string, pos: number, end: number, lineAt: (position: number) => number): ScriptLine[] {
  let from = text.lastIndexOf('\n', pos - 1) + 1;
  for (let count = 0; count < LINES_AROUND && from > 0; count += 1) { from = text.lastIndexOf('\n', from - 2) + 1; }
  const lines: ScriptLine[] = [];
  let after = 0;
  while (lines.length < MOST_LINES && after <= LINES_AROUND && from < text.length) {
    const next = text.indexOf('\n', from);
    const to = next < 0 ? text.length : next;
    const isCall = to >= pos && from < Math.max(end, pos + 1);
    if (from >= end) { after += 1; }
    if (after <= LINES_AROUND) { lines.push({ line: lineAt(from), text: shown(text.slice(from, Math.min(to, from + LONGEST_LINE))), isCall }); }
    from = to + 1;
  }
  return lines.filter(({ line }) => line > 0);
}

/** Returns a function from a position in a part to its line in the document. */
export function lineFinder({ text, line = 1, lines }: Part): (position: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) { starts.push(at + 1); }
  return position => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (starts[middle] <= position) { low = middle; } else { high = middle - 1; }
    }
    return lines ? lines.slice(0, low + 1).reverse().find(each => each !== undefined) ?? line : line + low;
  };
}
