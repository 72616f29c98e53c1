import type { AST } from '@eslint-community/regexpp';
import { RegExpParser, visitRegExpAST } from '@eslint-community/regexpp';

/** Characters that most patterns do not contain. With one at its end, a text that almost matches does not match. */
const STRANGE = ['\u0000', '\n', 'x\n', '0'];
const PUMPS = 5;

/** A text of any size: the repeated part, and the parts around it. */
export interface WorstText {
  readonly before: string;
  readonly repeated: string;
  readonly after: string;
}

/**
 * Texts for which a pattern may be slow. For each part that matches any number of characters: a prefix that leads to the part, then a long run of
 * characters that this part and others match, or of all that it matches, then a character that no part matches.
 */
export function worstTexts({ source, flags }: RegExp): readonly WorstText[] {
  const parsed = new RegExpParser().parsePattern(source, 0, source.length, { unicode: flags.includes('u') });
  const known = charactersIn(parsed);
  const texts = new Map<string, WorstText>();
  visitRegExpAST(parsed, {
    onQuantifierEnter: quantifier => {
      if (quantifier.max !== Infinity) { return; }
      const before = leadingTo(quantifier, known);
      const one = sample(quantifier.element, known);
      const taken = known.filter(character => takes(quantifier.element, character));
      const pumps = [...new Set([one, ...taken.slice(0, PUMPS), ...taken.slice(0, 2).map(character => character + one)])].filter(text => text !== '');
      for (const after of STRANGE) {
        for (const repeated of pumps) { add(texts, { before, repeated, after }); }
        if (before !== '') { add(texts, { before: '', repeated: before + one, after }); add(texts, { before: '', repeated: before, after }); }
      }
    },
  });
  return [...texts.values()];
}

function add(texts: Map<string, WorstText>, text: WorstText): void {
  texts.set(JSON.stringify(text), text);
}

/** A character of each set in a pattern, and each character that it names. */
function charactersIn(pattern: AST.Pattern): readonly string[] {
  const found = new Set<string>();
  visitRegExpAST(pattern, {
    onCharacterEnter: ({ value }) => { found.add(String.fromCodePoint(value)); },
    onCharacterSetEnter: ({ raw }) => {
      for (const character of ['0', 'a', ' ', '\t', '\n', '-', '/', '.']) { if (new RegExp(`^${raw}$`, 'su').test(character)) { found.add(character); } }
    },
  });
  return [...found, 'x'];
}

function takes({ raw }: AST.Element, character: string): boolean {
  try {
    return new RegExp(`^(?:${raw})$`, 'i').test(character);
  } catch {
    return false;
  }
}

/** A text that leads to an element: the parts before it in its sequence, and before the outer sequences. */
function leadingTo(element: AST.Node, known: readonly string[]): string {
  let text = '';
  for (let node = element; node.parent; node = node.parent) {
    if (node.parent.type !== 'Alternative') { continue; }
    const { elements } = node.parent;
    text = elements.slice(0, elements.indexOf(node as AST.Element)).map(each => sample(each, known)).join('') + text;
  }
  return text;
}

/** A text that an element matches. */
function sample(element: AST.Element, known: readonly string[]): string {
  switch (element.type) {
    case 'Character': return String.fromCodePoint(element.value);
    case 'CharacterClass':
    case 'CharacterSet': return known.find(character => takes(element, character)) ?? (takes(element, 'a') ? 'a' : ' ');
    case 'Quantifier': return sample(element.element, known).repeat(element.min);
    case 'Group':
    case 'CapturingGroup': return element.alternatives[0].elements.map(each => sample(each, known)).join('');
    default: return '';
  }
}
