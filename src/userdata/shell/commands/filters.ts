import type { PossibleText } from '../../request/possible-text';
import { ANYTHING, NO_TOKEN, TOKEN, UNKNOWN, hasToken, isKnown, oneOfAll } from '../../request/possible-text';
import type { Invocation, RunCommand } from './invocation';

/** Commands that change their input. If the input and the change are known and short, the output is, too. */
export const FILTERS: ReadonlyMap<string, RunCommand> = new Map<string, RunCommand>([
  ['base64', (_, call) => worked(call, text => call.argv.some(arg => /^(?:-d|-D|--decode|-di)$/.test(arg)) ? decodedBase64(text) : Buffer.from(text).toString('base64'))],
  ['rev', (_, call) => worked(call, text => text.split('\n').map(line => [...line].reverse().join('')).join('\n'))],
  ['tr', (_, call) => worked(call, text => translated(text, call.argv.slice(1)))],
  ['sed', (_, call) => worked(call, text => substituted(text, call.argv.slice(1)))],
  ['head', (_, call) => worked(call, text => firstLines(text, call.argv.slice(1)))],
  ['cut', (_, call) => worked(call, text => cut(text, call.argv.slice(1)))],
  ['xxd', (_, call) => worked(call, text => call.argv.includes('-r') ? Buffer.from(text.replace(/\s+/g, ''), 'hex').toString('latin1') : undefined)],
  ...['awk', 'gawk', 'grep', 'egrep', 'jq', 'tail', 'sort', 'uniq', 'xmllint', 'tac', 'fold', 'perl', 'column', 'dos2unix', 'gunzip', 'zcat', 'gzip', 'envsubst', 'pv', 'sponge', 'iconv']
    .map((name): [string, RunCommand] => [name, (_, call) => call.stdin ? filtered(call) : ANYTHING]),
]);

const LONGEST = 4_096;

function worked(call: Invocation, work: (text: string) => string | undefined): PossibleText {
  if (!call.stdin) { return ANYTHING; }
  return oneOfAll(call.stdin.text.map(text => {
    if (!isKnown(text) || text.length > LONGEST || hasToken(text)) { return filtered({ ...call, stdin: { text: [text] } })[0]; }
    return work(text) ?? UNKNOWN;
  }));
}

function decodedBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8').replace(/[\uE000-\uF8FF]/g, '?');
}

function translated(text: string, args: readonly string[]): string | undefined {
  const unescaped = args.map(arg => arg.replace(/\\n/g, '\n').replace(/\\r/g, '\r').replace(/\\t/g, '\t').replace('[:space:]', ' \n\t\r'));
  if (unescaped[0] === '-d') { return [...text].filter(each => !unescaped[1]?.includes(each)).join(''); }
  const [from, to] = unescaped.map(ranged);
  if (unescaped.length !== 2 || to === undefined || to === '') { return undefined; }
  return [...text].map(each => from.includes(each) ? to[Math.min(from.lastIndexOf(each), to.length - 1)] : each).join('');
}

function ranged(set: string): string {
  return set.replace(/([a-zA-Z0-9])-([a-zA-Z0-9])/g, (_, first: string, last: string) =>
    Array.from({ length: Math.max(0, last.charCodeAt(0) - first.charCodeAt(0) + 1) }, (_each, at) => String.fromCharCode(first.charCodeAt(0) + at)).join(''));
}

/** The result of a single substitution, if it has no pattern characters. */
function substituted(text: string, args: readonly string[]): string | undefined {
  const script = args.filter(arg => !/^-[enrE]$/.test(arg));
  const [, separator, rest] = script.length === 1 ? /^s([/|#,@:])(.*)$/.exec(script[0]) ?? [] : [];
  const [from, to, flags = ''] = rest?.split(separator) ?? [];
  if (!from || to === undefined || /[*+?[\]^$(){}|&]/.test(from + to)) { return undefined; }
  const plain = from.replace(/\\(.)/g, '$1');
  if (from.includes('.') && !from.includes('\\.')) { return undefined; }
  return text.split('\n').map(line => flags.includes('g') ? line.replaceAll(plain, () => to) : line.replace(plain, () => to)).join('\n');
}

function firstLines(text: string, args: readonly string[]): string {
  const count = Number(/\d+/.exec(args.join(' '))?.[0] ?? 10);
  return args.join(' ').includes('-c') ? text.slice(0, count) : text.split('\n').slice(0, count).join('\n');
}

function cut(text: string, args: readonly string[]): string | undefined {
  const joined = args.join('\n');
  const [, delimiter] = /-d\n?(.)/.exec(joined) ?? [];
  const [, field] = /-f\n?(\d+)(?![-,\d])/.exec(joined) ?? [];
  return delimiter && field ? text.split('\n').map(line => line.split(delimiter)[Number(field) - 1] ?? '').join('\n') : undefined;
}

/** The output of a command that changes its input. A token stays a token. */
export function filtered({ stdin }: Invocation): PossibleText {
  if (!stdin) { return ANYTHING; }
  return oneOfAll(stdin.text.map(text => hasToken(text) ? TOKEN : text.includes(NO_TOKEN) ? NO_TOKEN : isKnown(text) && text.trim() === '' ? '' : UNKNOWN));
}
