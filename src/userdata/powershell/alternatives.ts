import type { Token } from './tokens';

/** Two blocks: the second is the fallback of the first, or only one of them runs. */
export interface Alternative {
  readonly first: Block;
  readonly second: Block;
  readonly kind: 'try' | 'if';
}

/** The start and end of a block. */
export interface Block {
  readonly from: number;
  readonly to: number;
}

/** The blocks of `try` and `catch`, and of `if` and `else`. */
export function alternativesIn(tokens: readonly Token[], offset: number): readonly Alternative[] {
  const ends = blockEnds(tokens);
  const block = (open: number): Block => ({ from: tokens[open].pos + offset, to: (tokens[ends.get(open)!]).end + offset });
  const found: Alternative[] = [];
  for (const [open, close] of ends) {
    const next = tokens.slice(close + 1, close + 4).find(({ kind }) => kind !== 'line');
    if (next?.kind !== 'word' || !/^(?:catch|else|elseif)$/i.test(next.value)) { continue; }
    const second = blockAfter(tokens, tokens.indexOf(next, close), ends);
    if (second !== undefined) { found.push({ first: block(open), second: block(second), kind: /^catch$/i.test(next.value) ? 'try' : 'if' }); }
  }
  return found;
}

/** The bracket that opens the block of a keyword. Types and conditions can come before it. */
function blockAfter(tokens: readonly Token[], keyword: number, ends: ReadonlyMap<number, number>): number | undefined {
  for (let at = keyword + 1; at < Math.min(tokens.length, keyword + 60); at += 1) {
    if (tokens[at].kind === 'operator' && tokens[at].value === '{') { return ends.has(at) ? at : undefined; }
  }
  return undefined;
}

/** The index of the closing bracket of each block, by the index of the opening one. */
function blockEnds(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach(({ kind, value }, index) => {
    if (kind !== 'operator') { return; }
    if (value === '{' || value === '@{') { open.push(index); }
    const last = value === '}' ? open.pop() : undefined;
    if (last !== undefined && tokens[last].value === '{') { ends.set(last, index); }
  });
  return ends;
}
