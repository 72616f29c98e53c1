import { parse } from '../vendor/unbash.generated';

/** A node of the parsed script. These types name all fields of the parser's nodes that this library reads. */
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
  /** For arithmetic. */
  readonly expression?: Node;
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
  /** For an assignment. */
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

/** Any command. Its type determines which of these fields it has. */
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
  /** What is calculated before the first round of an arithmetic loop, and before and after each round. */
  readonly initialize?: Node;
  readonly test?: Node;
  readonly update?: Node;
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
  /** The text that positions refer to, if that is not the surrounding text. */
  readonly source?: string;
}

/** The longest text that is parsed. Longer texts are no user data. They are searched line by line. */
const LONGEST = 400_000;
/** The most here-documents of a line, because the parser searches for all ends again for each of them. */
const MOST_HERE_DOCUMENTS = 24;

/** Parses a shell script. `undefined` if that would take too long. */
export function parseShell(text: string): Script | undefined {
  if (text.length > LONGEST || hasTooManyHereDocuments(text)) { return undefined; }
  try {
    return parse(text) as Script;
  } catch {
    return undefined;
  }
}

/** Whether too many here-documents start in one line, or have no end. */
function hasTooManyHereDocuments(text: string): boolean {
  if (!text.includes('<<')) { return false; }
  return text.split('\n').some(line => line.split('<<').length > MOST_HERE_DOCUMENTS);
}
