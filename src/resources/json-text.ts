import type { JsonObject } from '../model/intrinsics';
import { intrinsicName } from '../model/intrinsics';

/** JSON as text, which may contain values that only CloudFormation knows. */
export interface JsonText {
  /** The parsed value, with placeholders for values from CloudFormation. */
  readonly value: unknown;
  /** The text again, with another value in the place of the parsed one. */
  print(value: unknown): unknown;
}

/** A run of literal text, or a value that CloudFormation fills in. */
type Piece = string | { readonly intrinsic: unknown };

/** JSON from a string, `Fn::Join`, `Fn::Sub` or `Fn::ToJsonString`; `undefined` for anything else, and for invalid JSON. */
export function parseJsonText(source: unknown): JsonText | undefined {
  if (typeof source === 'string') { return parsePieces([source], ([text]) => text); }
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
  return parsePieces(pieces, restored => ({ 'Fn::Join': ['', restored] }));
}

/** `${Name}` in the text is a value from CloudFormation. It stays, and no other text becomes one. */
function parseSub(args: unknown): JsonText | undefined {
  const [template, ...variables] = Array.isArray(args) ? args as unknown[] : [args];
  const texts = textsOf(template);
  if (!texts) { return undefined; }
  const pieces = texts.flatMap(text => typeof text === 'string' ? namesIn(text) : [{ intrinsic: text }]);
  return parsePieces(pieces, restored => {
    const printed = restored.map(piece => typeof piece === 'string' ? piece.replaceAll('${', '\\u0024{') : nameOf(piece) ?? piece).reduce<unknown[]>(appendPiece, []);
    const text = printed.every(piece => typeof piece === 'string') ? printed.join('') : { 'Fn::Join': ['', printed] };
    return { 'Fn::Sub': Array.isArray(args) ? [text, ...variables] : text };
  });
}

/** The text of `Fn::Sub`. In a construct tree CDK's own references in it are written out already: they are joined with the rest of it. */
function textsOf(template: unknown): readonly unknown[] | undefined {
  if (typeof template === 'string') { return [template]; }
  const join = intrinsicName(template) === 'Fn::Join' ? (template as JsonObject)['Fn::Join'] : undefined;
  return Array.isArray(join) && join[0] === '' && Array.isArray(join[1]) ? join[1] as unknown[] : undefined;
}

function namesIn(text: string): Piece[] {
  const parts = text.split(/(\$\{[^{}]*\})/);
  return parts.map((part, index): Piece => index % 2 === 0 ? part : { intrinsic: { 'Fn::Sub': part } });
}

function nameOf(piece: unknown): string | undefined {
  const name = (piece as { readonly 'Fn::Sub'?: unknown })['Fn::Sub'];
  return typeof name === 'string' ? name : undefined;
}

function parsePieces(all: readonly Piece[], rebuild: (pieces: unknown[]) => unknown): JsonText | undefined {
  const pieces = all.reduce<Piece[]>(appendPiece, []);
  const literal = pieces.filter(piece => typeof piece === 'string').join('');
  const mark = unusedMark(literal);
  const { text, outside } = withPlaceholders(pieces, mark);
  if (hasNumberThatWouldChange(outside)) { return undefined; }
  const placeholders = new Map<unknown, string>();
  try {
    const value: unknown = JSON.parse(text, (_, inner: unknown) => typeof inner === 'string' && inner.includes(mark) ? opaque(inner, placeholders) : inner);
    const indent = /\n([ \t]+)"/.exec(literal)?.[1];
    return {
      value,
      print: other => {
        const printed = JSON.stringify(other, (_, inner: unknown) => placeholders.get(inner) ?? inner, indent);
        return rebuild(restorePieces(printed, pieces, mark));
      },
    };
  } catch {
    return undefined;
  }
}

/** Adjacent literal texts become one piece, because an escape can start in one and end in the next. */
function appendPiece<Other>(pieces: (Other | string)[], piece: Other | string): (Other | string)[] {
  const last = pieces[pieces.length - 1];
  if (typeof piece === 'string' && typeof last === 'string') {
    pieces[pieces.length - 1] = last + piece;
  } else {
    pieces.push(piece);
  }
  return pieces;
}

/** To readers of the document, text with a value from CloudFormation is an intrinsic. */
function opaque(text: string, placeholders: Map<unknown, string>): unknown {
  const intrinsic = { 'Fn::Join': text };
  placeholders.set(intrinsic, text);
  return intrinsic;
}

/** The text with a placeholder for each value: without quotes in a JSON string, and with quotes elsewhere. Also the text outside of strings. */
function withPlaceholders(pieces: readonly Piece[], mark: string): { readonly text: string; readonly outside: string } {
  let [text, outside] = ['', ''];
  let insideString = false;
  pieces.forEach((piece, index) => {
    if (typeof piece === 'string') {
      const scan = scanStrings(piece, insideString);
      insideString = scan.insideString;
      text += piece;
      outside += scan.outside;
    } else {
      text += insideString ? `${mark}${index}.` : `"${mark}bare${index}."`;
    }
  });
  return { text, outside };
}

/**
 * The text outside of JSON strings, with a space for each string, and whether its end is inside a string. It uses no regular expression, because a
 * long string would exceed the stack.
 */
function scanStrings(text: string, startsInside: boolean): { readonly outside: string; readonly insideString: boolean } {
  let insideString = startsInside;
  let [outside, begin] = ['', 0];
  for (let index = 0; index < text.length; index++) {
    if (insideString && text[index] === '\\') {
      index++;
    } else if (text[index] === '"') {
      if (!insideString) { outside += `${text.slice(begin, index)} `; }
      insideString = !insideString;
      begin = index + 1;
    }
  }
  return { outside: insideString ? outside : outside + text.slice(begin), insideString };
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

/** A short word that does not occur in the text, escaped or not, so that a placeholder cannot be confused with the user's text. */
function unusedMark(text: string): string {
  const plain = text.replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  const taken = new Set(plain.match(/cdkImdsv2Value\d+x/g));
  let number = 0;
  while (taken.has(`cdkImdsv2Value${number}x`)) { number++; }
  return `cdkImdsv2Value${number}x`;
}

/** Whether a text without strings has a number that JavaScript cannot represent exactly. */
function hasNumberThatWouldChange(text: string): boolean {
  const numbers = (text.match(/[-+.\deE]+/g) ?? []).filter(number => /\d/.test(number));
  return numbers.some(number => !Number.isFinite(Number(number)) || (/\d{16,}/.test(number) && !Number.isSafeInteger(Number(number))));
}
