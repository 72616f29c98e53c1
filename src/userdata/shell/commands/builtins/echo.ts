import type { PossibleText } from '../../../request/possible-text';
import { NOTHING, isKnown } from '../../../request/possible-text';
import type { ShellRun } from '../../shell-run';
import type { Source } from '../../text/source';
import type { Invocation } from '../invocation';

/** The most words that are read as a script. */
const MOST_WORDS = 200;
/** How often `printf` repeats its format. */
const MOST_ROUNDS = 50;

export function runEcho(run: ShellRun, call: Invocation): PossibleText {
  const options = call.argv.slice(1).findIndex(arg => !/^-[neE]+$/.test(arg));
  const first = options < 0 ? call.argv.length : options + 1;
  const interprets = call.argv.slice(1, first).some(arg => arg.includes('e'));
  run.written = writtenWords(run, call, first, interprets);
  const text = `${call.argv.slice(first).join(' ')}\n`;
  return [interprets ? unescaped(text) : text];
}

export function runPrintf(run: ShellRun, call: Invocation): PossibleText {
  const { argv } = call;
  if (argv[1] === '-v') {
    run.scope.set(argv[2] ?? '', [formatted(argv[3] ?? '', argv.slice(4))]);
    return NOTHING;
  }
  const first = argv[1] === '--' ? 2 : 1;
  const format = argv[first] ?? '';
  const isWhole = /^(?:%s|%b)(?:\\n)?$/.test(format);
  run.written = writtenWords(run, call, isWhole ? first + 1 : first, true);
  return [formatted(format, argv.slice(first + 1))];
}

/** The words that a command prints, as a script with their positions. */
function writtenWords(run: ShellRun, call: Invocation, first: number, interprets: boolean): Source | undefined {
  const words = [...new Set(call.words.slice(first))].filter(word => word !== undefined);
  if (words.length === 0 || words.length > MOST_WORDS) { return undefined; }
  const mapped = run.mapped(call.node.pos).addWords(words).addText('\n');
  return interprets ? mapped.toSourceOfEscapes() : mapped.toSource();
}

/** The output of `printf`: the format, repeated as long as there are values. */
function formatted(format: string, args: readonly string[]): string {
  const values = [...args];
  const once = () => unescaped(format).replace(/%(?:%|[-+ 0#]*(?:[1-9]\d*)?(?:\.\d+)?([sbdqixXocu]))/g,
    (_whole, kind?: string) => kind ? converted(values.shift() ?? '', kind) : '%');
  let text = once();
  for (let count = 0; values.length > 0 && /%[-\d.]*[sbdq]/.test(format) && count < MOST_ROUNDS; count += 1) { text += once(); }
  return text;
}

function converted(value: string, kind: string): string {
  if (kind === 'd' || kind === 'i') { return value === '' ? '0' : value; }
  if (/[xXocu]/.test(kind) && isKnown(value)) { return radix(Number(value), kind); }
  return kind === 'b' ? unescaped(value) : value;
}

function radix(value: number, kind: string): string {
  const text = value.toString(kind === 'o' ? 8 : kind === 'u' ? 10 : 16);
  return kind === 'X' ? text.toUpperCase() : text;
}

function unescaped(text: string): string {
  return text.replace(/\\(?:x([\da-f]{1,2})|0?([0-7]{2,3})|([nrt\\"']))/gi, (whole, hex?: string, octal?: string, letter?: string) => {
    if (hex) { return String.fromCharCode(parseInt(hex, 16)); }
    if (octal) { return String.fromCharCode(parseInt(octal, 8)); }
    return ({ n: '\n', r: '\r', t: '\t' } as Record<string, string>)[letter!] ?? letter ?? whole;
  });
}
