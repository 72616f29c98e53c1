import { parse } from '../vendor/unbash.generated';

/** A piece of a shell script, as the parser gives it; what is read of it is named here, and nowhere else. */
export interface Node {
  readonly type: string;
  readonly pos: number;
  readonly end: number;
}

export interface Part extends Node {
  readonly text: string;
  readonly value?: string;
  readonly parts?: readonly Part[];
  readonly script?: Script;
  readonly parameter?: string;
  readonly prefix?: '!' | '#';
  readonly index?: Word;
  readonly operation?: Operation;
}

export interface Operation {
  readonly type: string;
  readonly operator: string;
  readonly operand?: Word;
  readonly pattern?: Word;
  readonly replacement?: Word;
}

export interface Word extends Node {
  readonly text: string;
  readonly value: string;
  readonly parts?: readonly Part[];
  /** Of an assignment. */
  readonly name?: string;
}

export interface Assignment extends Node {
  readonly text: string;
  readonly name: string;
  readonly append?: boolean;
  readonly index?: Word;
  readonly value: Word | { readonly type: 'ArrayValue'; readonly elements: readonly Word[] };
}

export interface Redirect extends Node {
  readonly operator: string;
  readonly descriptor?: { readonly value?: number; readonly name?: string };
  readonly target?: Word;
  readonly delimiter?: { readonly quoted: boolean };
  readonly body?: Word;
}

export interface List extends Node {
  readonly commands: readonly Statement[];
}

export interface Statement extends Node {
  readonly command: Command;
  readonly background?: boolean;
}

/** Any command; which of these it has depends on its type. */
export interface Command extends Node {
  readonly name?: Word;
  readonly prefix?: readonly (Assignment | Redirect)[];
  readonly suffix?: readonly (Word | Assignment | Redirect)[];
  readonly redirects?: readonly Redirect[];
  readonly command?: Command;
  readonly commands?: readonly Command[];
  readonly operators?: readonly string[];
  readonly clause?: List;
  readonly then?: List;
  readonly elif?: readonly { readonly clause: List; readonly then: List }[];
  readonly else?: List;
  readonly wordlist?: readonly Word[];
  readonly body?: List | Command;
  readonly word?: Word;
  readonly items?: readonly CaseItem[];
  readonly expression?: Test;
}

export interface CaseItem {
  readonly pattern: readonly Word[];
  readonly body: List;
}

export interface Test extends Node {
  readonly operator?: string;
  readonly operand?: Word | Test;
  readonly operands?: readonly Test[];
  readonly left?: Word;
  readonly right?: Word;
  readonly expression?: Test;
}

export interface Script extends List {
  readonly errors?: readonly { readonly message: string; readonly pos: number }[];
  /** The text that positions are in, where that is not the text around. */
  readonly source?: string;
}

/** The longest text that is parsed: what is longer is no user data, and read by lines. */
const LONGEST = 400_000;
/** The parser looks for the ends of here-documents again for each one that a line begins. */
const MOST_HERE_DOCUMENTS = 24;

/** A shell script taken apart; nothing for what the parser would need too long for. */
export function parseShell(text: string): Script | undefined {
  if (text.length > LONGEST || hasTooManyHereDocuments(text)) { return undefined; }
  try {
    return parse(text) as Script;
  } catch {
    return undefined;
  }
}

/** In one line, or not ended at all. */
function hasTooManyHereDocuments(text: string): boolean {
  if (!text.includes('<<')) { return false; }
  return text.split('\n').some(line => line.split('<<').length > MOST_HERE_DOCUMENTS);
}
