/** A token of Python, with its position. */
export interface Token {
  readonly kind: 'name' | 'text' | 'number' | 'operator' | 'line';
  readonly value: string;
  readonly pos: number;
  readonly end: number;
  /** The letters before a string, such as `f`. */
  readonly prefix?: string;
}

const TOKEN = new RegExp([
  '(?<space>[ \\t\\f]+|\\\\\\r?\\n)',
  '(?<comment>#[^\\n]*)',
  '(?<line>\\r?\\n)',
  '(?<prefix>[rRbBuUfF]{0,2})(?<quote>"""|\'\'\'|"|\')',
  '(?<name>[A-Za-z_]\\w*)',
  '(?<number>\\d[\\w.]*)',
  '(?<operator>\\*\\*=?|//=?|[-+*/%|&^@]=|==|!=|<=|>=|->|:=|[\\s\\S])',
].join('|'), 'y');

/** Splits a Python program into tokens. Lines in brackets are one line. */
export function pythonTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const pos = TOKEN.lastIndex;
    const { groups = {} } = TOKEN.exec(text)!;
    const end = TOKEN.lastIndex;
    if (groups.line !== undefined) {
      if (depth === 0) { tokens.push({ kind: 'line', value: '\n', pos, end }); }
    } else if (groups.quote !== undefined) {
      const close = endOfText(text, end, groups.quote);
      const raw = text.slice(end, close);
      const isRaw = /r/i.test(groups.prefix);
      tokens.push({ kind: 'text', value: isRaw ? raw : unescaped(raw), pos, end: close + groups.quote.length, prefix: groups.prefix.toLowerCase() });
      TOKEN.lastIndex = Math.min(close + groups.quote.length, text.length);
    } else if (groups.name !== undefined) {
      tokens.push({ kind: 'name', value: groups.name, pos, end });
    } else if (groups.number !== undefined) {
      tokens.push({ kind: 'number', value: groups.number, pos, end });
    } else if (groups.operator !== undefined) {
      if ('([{'.includes(groups.operator)) { depth += 1; }
      if (')]}'.includes(groups.operator)) { depth = Math.max(0, depth - 1); }
      tokens.push({ kind: 'operator', value: groups.operator, pos, end });
    }
  }
  tokens.push({ kind: 'line', value: '\n', pos: text.length, end: text.length });
  return tokens;
}

/** The end of a string. A string in single quotes ends at the end of its line at the latest. */
function endOfText(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') { at += 1; } else if (text.startsWith(quote, at)) { return at; } else if (quote.length === 1 && text[at] === '\n') { return at; }
  }
  return text.length;
}

function unescaped(text: string): string {
  return text.includes('\\') ? text.replace(/\\(\r?\n|[\s\S])/g, (whole, escaped: string) => {
    if (escaped.endsWith('\n')) { return ''; }
    return ({ 'n': '\n', 'r': '\r', 't': '\t', "'": "'", '"': '"', '\\': '\\' } as Record<string, string>)[escaped] ?? whole;
  }) : text;
}
