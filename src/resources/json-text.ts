import type { JsonObject } from '../model/intrinsics';
import { intrinsicName } from '../model/intrinsics';

/** JSON written as text, perhaps with values in it that only CloudFormation knows. */
export interface JsonText {
  /** The parsed value; what CloudFormation fills in stands in it as a placeholder. */
  readonly value: unknown;
  /** The text again, with another value in the place of the parsed one. */
  print(value: unknown): unknown;
}

/** A run of literal text, or a value that CloudFormation fills in. */
type Piece = string | { readonly intrinsic: unknown };

/** JSON out of a string, `Fn::Join`, `Fn::Sub` or `Fn::ToJsonString`; `undefined` where it is none of these or not JSON. */
export function parseJsonText(source: unknown): JsonText | undefined {
  if (typeof source === 'string') { return parsePieces([source], text => text); }
  const name = intrinsicName(source);
  const args = name && (source as JsonObject)[name];
  switch (name) {
    case 'Fn::Join': return parseJoin(args);
    case 'Fn::Sub': return parseSub(args);
    case 'Fn::ToJsonString': return { value: args, print: value => ({ 'Fn::ToJsonString': value }) };
    default: return undefined;
  }
}

function parseJoin(args: unknown): JsonText | undefined {
  if (!Array.isArray(args) || typeof args[0] !== 'string' || !Array.isArray(args[1])) { return undefined; }
  const pieces = args[1].flatMap((piece: unknown, index): Piece[] => {
    const own: Piece = typeof piece === 'string' ? piece : { intrinsic: piece };
    return index > 0 && args[0] !== '' ? [args[0] as string, own] : [own];
  });
  return parsePieces(pieces, (_, restored) => ({ 'Fn::Join': ['', restored] }));
}

/** `${Name}` in the text is what CloudFormation fills in; it stays as it is. */
function parseSub(args: unknown): JsonText | undefined {
  const template = Array.isArray(args) ? args[0] : args;
  if (typeof template !== 'string') { return undefined; }
  const pieces = template.split(/(\$\{[^}]*\})/).map((part, index): Piece => index % 2 === 0 ? part : { intrinsic: part });
  return parsePieces(pieces, (_, restored) => {
    const text = restored.join('');
    return { 'Fn::Sub': Array.isArray(args) ? [text, ...args.slice(1)] : text };
  });
}

function parsePieces(pieces: readonly Piece[], rebuild: (text: string, pieces: unknown[]) => unknown): JsonText | undefined {
  const literal = pieces.filter(piece => typeof piece === 'string').join('');
  const mark = unusedMark(literal);
  const text = withPlaceholders(pieces, mark);
  try {
    const value: unknown = JSON.parse(text);
    const indent = /\n([ \t]+)"/.exec(literal)?.[1];
    return {
      value,
      print: other => {
        const printed = JSON.stringify(other, undefined, indent);
        return rebuild(printed, restorePieces(printed, pieces, mark));
      },
    };
  } catch {
    return undefined;
  }
}

/** The text with a placeholder for each filled-in value: as it is inside a JSON string, in quotes of its own elsewhere. */
function withPlaceholders(pieces: readonly Piece[], mark: string): string {
  let text = '';
  let insideString = false;
  pieces.forEach((piece, index) => {
    if (typeof piece === 'string') {
      for (let i = 0; i < piece.length; i++) {
        if (piece[i] === '\\') { i++; } else if (piece[i] === '"') { insideString = !insideString; }
      }
      text += piece;
    } else {
      text += insideString ? `${mark}${index}.` : `"${mark}bare${index}."`;
    }
  });
  return text;
}

function restorePieces(printed: string, pieces: readonly Piece[], mark: string): unknown[] {
  const restored: unknown[] = [];
  let end = 0;
  for (const match of printed.matchAll(new RegExp(`"${mark}bare(\\d+)\\."|${mark}(\\d+)\\.`, 'g'))) {
    const piece = pieces[Number(match[1] ?? match[2])];
    if (match.index > end) { restored.push(printed.slice(end, match.index)); }
    restored.push(typeof piece === 'string' ? piece : piece.intrinsic);
    end = match.index + match[0].length;
  }
  return end < printed.length ? [...restored, printed.slice(end)] : restored;
}

/** A word that does not occur in the text, so that a placeholder is never taken for the user's own. */
function unusedMark(text: string): string {
  let mark = 'cdkImdsv2Value';
  while (text.includes(mark)) { mark += 'x'; }
  return mark;
}
