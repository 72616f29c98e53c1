/** A token of PowerShell, with its position. */
export interface Token {
  /** `text` is a quoted string. `word` is unquoted: the name of a command or parameter, or an argument. */
  readonly kind: 'variable' | 'text' | 'word' | 'operator' | 'line';
  readonly value: string;
  readonly pos: number;
  readonly end: number;
  /** Whether variables in the text are expanded. */
  readonly expands?: boolean;
  /** Whether there is a space before it. */
  readonly isApart: boolean;
}

const TOKEN = new RegExp([
  '(?<space>[ \\t\\f]+|`\\r?\\n)',
  '(?<comment><#[\\s\\S]*?(?:#>|$(?![\\s\\S]))|#[^\\n]*)',
  '(?<line>\\r?\\n|;)',
  '@(?<here>["\'])[ \\t]*\\r?\\n',
  '(?<quote>["\'])',
  '\\$(?<braced>\\{[^}\\n]{0,200}\\})',
  '[$@](?<variable>(?:(?:script|global|local|private|using|env):)?\\w+|[?^$])',
  '(?<operator>\\$\\(|@\\(|@\\{|::|\\+=|-(?:join|f|eq|ne|match|like|replace|split|not|and|or|in|notmatch|notlike|is|as)\\b|[()[\\]{}=+,|.&!<>])',
  '(?<word>(?:[^\\s`"\'$@()[\\]{}=+,|;&<>]|`.)+)',
  '(?<other>[\\s\\S])',
].join('|'), 'iy');

/** Splits a PowerShell script into tokens. */
export function powerShellTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let isApart = true;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const pos = TOKEN.lastIndex;
    const { groups = {} } = TOKEN.exec(text)!;
    const add = (kind: Token['kind'], value: string, expands?: boolean) => tokens.push({ kind, value, pos, end: TOKEN.lastIndex, expands, isApart });
    if (groups.space !== undefined || groups.comment !== undefined) {
      isApart = true;
      continue;
    }
    if (groups.here !== undefined) {
      const from = TOKEN.lastIndex;
      const close = text.indexOf(`\n${groups.here}@`, from - 1);
      const end = close < 0 ? text.length : close;
      TOKEN.lastIndex = Math.min(end + 3, text.length);
      add('text', text.slice(from, Math.max(from, end)), groups.here === '"');
    } else if (groups.quote !== undefined) {
      const from = TOKEN.lastIndex;
      const close = endOfText(text, from, groups.quote);
      TOKEN.lastIndex = Math.min(close + 1, text.length);
      add('text', groups.quote === "'" ? text.slice(from, close).replaceAll("''", "'") : text.slice(from, close), groups.quote === '"');
    } else if (groups.braced !== undefined || groups.variable !== undefined) {
      add('variable', (groups.variable ?? groups.braced.slice(1, -1)).replace(/^(?:script|global|local|private|using):/i, '').toLowerCase());
    } else if (groups.line !== undefined) {
      add('line', '\n');
    } else if (groups.operator !== undefined) {
      add('operator', groups.operator.toLowerCase());
    } else if (groups.word !== undefined) {
      add('word', groups.word.replace(/`(.)/g, '$1'));
    }
    isApart = groups.line !== undefined;
  }
  tokens.push({ kind: 'line', value: '\n', pos: text.length, end: text.length, isApart: true });
  return tokens;
}

/** The end of a quoted text. A backquote or a second quote escapes a quote. */
function endOfText(text: string, from: number, quote: string): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const each = text[at];
    if (each === '`' && quote === '"') { at += 1; } else if (quote === '"' && text.startsWith('$(', at)) {
      depth += 1;
      at += 1;
    } else if (depth > 0 && each === ')') { depth -= 1; } else if (depth > 0 && each === '(') { depth += 1; } else if (each === quote && depth === 0) {
      if (text[at + 1] === quote) { at += 1; } else { return at; }
    } else if (depth > 0 && each === '\n') { depth = 0; }
  }
  return text.length;
}
