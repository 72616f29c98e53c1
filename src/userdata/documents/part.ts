/** The language of a script. `text` means that it is unknown. */
export type Language = 'shell' | 'powershell' | 'python' | 'batch' | 'text';

/** A script in a document. */
export interface Part {
  readonly language: Language;
  readonly text: string;
  /** The line of the document where the script starts, counted from 1. `undefined` if the script is encoded there. */
  readonly line?: number;
  /** The line in the document for each line of the script, if they are not consecutive. */
  readonly lines?: readonly (number | undefined)[];
  /** Whether it is one of too many parts, or nested too deep. Then it is only searched line by line. */
  readonly isSkipped?: boolean;
}

/** A part that is not parsed. */
export function skippedPart(text: string, line: number | undefined): Part {
  return { language: 'text', text, line, isSkipped: true };
}

/** Detects the language of a script from its first line and its syntax. */
export function languageOf(text: string): Language {
  const shebang = /^\s*#!\s*(\S+)(?:[ \t]+(\S+))?/.exec(text);
  if (shebang) {
    const name = (/\/env$/.test(shebang[1]) ? shebang[2] ?? '' : shebang[1]).replace(/^.*\//, '');
    if (/^python/.test(name)) { return 'python'; }
    if (/^(?:pwsh|powershell)/.test(name)) { return 'powershell'; }
    return /sh$/.test(name) ? 'shell' : 'text';
  }
  const start = text.slice(0, 20_000);
  if (looksLikePowerShell(start)) { return 'powershell'; }
  if (/^(?:import|from)[ \t]+\w[\w.]*(?:[ \t]+import\b|[ \t]*(?:,|$|as\b))/m.test(start) && !/^[ \t]*(?:fi|done|esac)\b|\bthen$/m.test(start)) { return 'python'; }
  return 'shell';
}

const CMDLET = /(?:^|[\s({|;=])(?:Get|Set|New|Invoke|Write|Install|Import|Start|Stop|Add|Remove|Out|Test|Register|Enable|Disable|Unregister|Restart|Rename|Format|Initialize|Expand|Select|Where|ForEach)-[A-Z]\w+/g;

function looksLikePowerShell(text: string): boolean {
  const cmdlets = text.match(CMDLET)?.length ?? 0;
  const variables = text.match(/^[ \t]*(?:\[\w[\w.]*\])?\$[\w:]+[ \t]*=/gm)?.length ?? 0;
  const shell = text.match(/^[ \t]*(?:fi|done|esac|then|export \w+=|set -\w+)\b|^\w+=\$\(|\bcurl +-/gm)?.length ?? 0;
  return cmdlets * 2 + variables > shell * 2 && cmdlets + variables > (shell > 0 ? 2 : 0);
}
