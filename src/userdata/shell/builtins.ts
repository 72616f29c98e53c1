import type { PossibleText } from '../request/possible-text';
import { ANYTHING, NOTHING, UNKNOWN, hasToken, isKnown, oneOfAll } from '../request/possible-text';
import type { RunCommand } from './commands';
import { callCommand, filtered } from './commands';
import type { Invocation } from './invocation';
import type { PossibleValue } from './scope';
import type { ShellRun } from './shell-run';
import { socketRequest } from './sockets';
import type { Source } from './source';

/** Commands of the shell, and those that pass on what they are given. */
export const BUILTINS: ReadonlyMap<string, RunCommand> = new Map<string, RunCommand>([
  ['echo', runEcho],
  ['printf', runPrintf],
  ['cat', runCat],
  ['tee', runTee],
  ['read', runRead],
  ['mapfile', runMapfile], ['readarray', runMapfile],
  ['export', declare], ['local', declare], ['declare', declare], ['typeset', declare], ['readonly', declare],
  ['unset', (run, { argv }) => { argv.slice(1).forEach(name => run.scope.remove(name)); return NOTHING; }],
  ['set', runSet],
  ['shift', (run, { argv }) => { run.scope.args = run.scope.args?.slice(Number(argv[1] ?? 1) || 1); return NOTHING; }],
  ['eval', runEval],
  ['source', runSource], ['.', runSource],
  ['trap', runTrap],
  ['exit', run => { run.endList('script'); return NOTHING; }],
  ['return', run => { run.endList('function'); return NOTHING; }],
  ['break', run => { run.endList('loop'); return NOTHING; }],
  ['continue', run => { run.endList('loop'); return NOTHING; }],
  ['alias', runAlias],
  ['xargs', runXargs], ['parallel', runXargs],
  ['chmod', (run, { argv }) => { if (/^[^+]*\+.*x|[1357]/.test(argv[1] ?? '')) { argv.slice(2).forEach(path => run.world.executables.add(path)); } return NOTHING; }],
  ['mv', (run, { argv }) => copyFile(run, argv)], ['cp', (run, { argv }) => copyFile(run, argv)], ['install', (run, { argv }) => copyFile(run, argv)],
  ['nc', socketRequest], ['ncat', socketRequest], ['netcat', socketRequest], ['telnet', socketRequest], ['socat', socketRequest],
]);

function runEcho(run: ShellRun, call: Invocation): PossibleText {
  const options = call.argv.slice(1).findIndex(arg => !/^-[neE]+$/.test(arg));
  const first = options < 0 ? call.argv.length : options + 1;
  const interprets = call.argv.slice(1, first).some(arg => arg.includes('e'));
  run.written = writtenWords(run, call, first, interprets);
  const text = `${call.argv.slice(first).join(' ')}\n`;
  return [interprets ? unescaped(text) : text];
}

function runPrintf(run: ShellRun, call: Invocation): PossibleText {
  const { argv } = call;
  const first = argv[1] === '--' ? 2 : 1;
  if (argv[1] === '-v') {
    const text = formatted(argv[3] ?? '', argv.slice(4));
    run.scope.set(argv[2] ?? '', [text]);
    return NOTHING;
  }
  const format = argv[first] ?? '';
  const isWhole = /^(?:%s|%b)(?:\\n)?$/.test(format);
  run.written = writtenWords(run, call, isWhole ? first + 1 : first, true);
  return [formatted(format, argv.slice(first + 1))];
}

/** The words that a command writes out, as a script, where they are written. */
function writtenWords(run: ShellRun, call: Invocation, first: number, interprets: boolean): Source | undefined {
  const words = [...new Set(call.words.slice(first))].filter(word => word !== undefined);
  if (words.length === 0 || words.length > 200) { return undefined; }
  const mapped = run.mapped(call.node.pos);
  words.forEach((word, index) => (index > 0 ? mapped.addText(' ') : mapped).addWord(word, run.expansion));
  mapped.addText('\n');
  return interprets ? mapped.toSourceOfEscapes() : mapped.toSource();
}

function formatted(format: string, args: readonly string[]): string {
  const values = [...args];
  const once = () => unescaped(format).replace(/%(?:%|[-+ 0#]*(?:[1-9]\d*)?(?:\.\d+)?([sbdqixXocu]))/g, (_whole, kind?: string) => {
    if (!kind) { return '%'; }
    const value = values.shift() ?? '';
    if (kind === 'd' || kind === 'i') { return value === '' ? '0' : value; }
    if (/[xXocu]/.test(kind) && isKnown(value)) { return radix(Number(value), kind); }
    return kind === 'b' ? unescaped(value) : value;
  });
  let text = once();
  for (let count = 0; values.length > 0 && /%[-\d.]*[sbdq]/.test(format) && count < 50; count += 1) { text += once(); }
  return text;
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

function runCat(run: ShellRun, call: Invocation): PossibleText {
  const paths = call.argv.slice(1).filter(arg => !/^-\w+$/.test(arg));
  if (paths.length === 0 || paths[0] === '-') {
    run.written = call.stdin?.source;
    return call.stdin?.text ?? ANYTHING;
  }
  run.written = run.world.files.get(paths[0])?.sources[0];
  return oneOfAll(paths.slice(0, 8).map(path => run.fileText(path)).reduce((all, text) => all.flatMap(each => text.map(other => each + other)).slice(0, 8), ['']));
}

function runTee(run: ShellRun, call: Invocation): PossibleText {
  const isAppended = call.argv.some(arg => arg === '-a' || arg === '--append');
  const source = call.stdin?.source;
  for (const path of call.argv.slice(1).filter(arg => !arg.startsWith('-'))) {
    run.writeFile(path, call.stdin?.text ?? ANYTHING, isAppended ? 'append' : 'replace', source);
  }
  run.written = source;
  return call.stdin?.text ?? ANYTHING;
}

/** Each line may be what is read. */
function runRead(run: ShellRun, { argv, stdin }: Invocation): PossibleText {
  const names = argv.slice(1).filter((arg, index) => /^[A-Za-z_]\w*$/.test(arg) && !/^-[^ra]*[pdtnNui]$/.test(argv[index] ?? ''));
  const isList = argv.some(arg => /^-r?a/.test(arg));
  const lines = stdin?.text.flatMap(text => text.split('\n')).filter(line => line.trim() !== '').slice(0, 8) ?? [UNKNOWN];
  if (names.length === 1) {
    run.scope.set(names[0], lines.length === 0 ? [''] : isList ? lines.map(line => line.trim().split(/\s+/)) : lines.map(line => line.trim()));
  } else {
    names.forEach((name, index) => {
      run.scope.set(name, lines.map(line => {
        if (hasToken(line) || !isKnown(line) && !/\s/.test(line)) { return index === 0 ? line : UNKNOWN; }
        const fields = line.trim().split(/\s+/);
        return index === names.length - 1 ? fields.slice(index).join(' ') : fields[index] ?? '';
      }));
    });
  }
  return NOTHING;
}

function runMapfile(run: ShellRun, { argv, stdin }: Invocation): PossibleText {
  const name = argv.slice(1).reverse().find(arg => /^[A-Za-z_]\w*$/.test(arg)) ?? 'MAPFILE';
  const lines = (stdin?.text[0] ?? UNKNOWN).split('\n');
  run.scope.set(name, [lines[lines.length - 1] === '' ? lines.slice(0, -1) : lines]);
  return NOTHING;
}

/** `export`, `local`, `declare` and their like. */
function declare(run: ShellRun, { argv }: Invocation): PossibleText {
  const options = argv.slice(1).filter(arg => arg.startsWith('-')).join('');
  if (options.includes('f') || options.includes('p')) {
    if (options.includes('f')) { argv.slice(1).forEach(name => { const known = run.functions.get(name); if (known) { run.callFunction(known, undefined); } }); }
    return NOTHING;
  }
  const isLocal = argv[0] === 'local' || (run.isInFunction && argv[0] !== 'export' && argv[0] !== 'readonly' && !options.includes('g'));
  for (const arg of argv.slice(1).filter(each => !each.startsWith('-'))) {
    const [, name, value] = /^([A-Za-z_]\w*)(?:\+?=(.*))?$/s.exec(arg) ?? [];
    if (!name) { continue; }
    if (isLocal) { run.declareLocal(name); }
    if (value !== undefined) {
      setOne(run, name, value);
    } else if (isLocal && argv[0] === 'local' && !options.includes('a')) { run.scope.set(name, ['']); }
    if (argv[0] === 'export' || options.includes('x')) { run.scope.export(name); }
  }
  return NOTHING;
}

/** A declaration that is gone through once for each thing the value may be adds to what it may be. */
function setOne(run: ShellRun, name: string, value: string): void {
  run.scope.set(name, [value]);
}

function runSet(run: ShellRun, { argv }: Invocation): PossibleText {
  const dashes = argv.indexOf('--');
  if (dashes > 0) { run.scope.args = argv.slice(dashes + 1); } else if (argv.length > 1 && !/^[-+]/.test(argv[1])) { run.scope.args = argv.slice(1); }
  return NOTHING;
}

function runEval(run: ShellRun, call: Invocation): PossibleText {
  const words = [...new Set(call.words.slice(1))].filter(word => word !== undefined);
  const mapped = run.mapped(call.node.pos);
  words.slice(0, 200).forEach((word, index) => (index > 0 ? mapped.addText(' ') : mapped).addWord(word, run.expansion));
  return run.runHere(mapped.toSource());
}

function runSource(run: ShellRun, { argv }: Invocation): PossibleText {
  const file = run.world.files.get(argv[1] ?? '') ?? run.world.files.get((argv[1] ?? '').replace(/^\.\//, ''));
  if (!file) { run.scope.forget(); }
  file?.sources.forEach(source => run.runHere(source));
  if (file) { run.world.files.set(file.path, { ...file, sources: [] }); }
  return ANYTHING;
}

function runTrap(run: ShellRun, call: Invocation): PossibleText {
  const word = call.words[1];
  if (!word || call.argv.length < 3 || call.argv[1].startsWith('-')) { return NOTHING; }
  run.inSubshell(() => run.runHere(run.mapped(call.node.pos).addWord(word, run.expansion).toSource()));
  return NOTHING;
}

function runAlias(run: ShellRun, { argv }: Invocation): PossibleText {
  for (const arg of argv.slice(1)) {
    const [, name, value] = /^([\w-]+)=(.*)$/s.exec(arg) ?? [];
    if (name && value) { run.scope.set(`alias ${name}`, [value]); }
  }
  return NOTHING;
}

/** Each word of what is read becomes an argument. */
function runXargs(run: ShellRun, call: Invocation): PossibleText {
  const { argv, words, stdin } = call;
  let at = 1;
  let placeholder: string | undefined;
  while (at < argv.length && argv[at].startsWith('-')) {
    const option = argv[at];
    const takes = /^-[IinPLsdEa]$/.test(option) || /^--(?:max-args|max-procs|replace|delimiter|arg-file)$/.test(option);
    if (/^-I/.test(option)) { placeholder = option.length > 2 ? option.slice(2) : argv[at + 1]; }
    at += takes && option !== '-i' ? 2 : 1;
    if (option === '-i') { placeholder = '{}'; }
  }
  const inner = argv.slice(at);
  if (inner.length === 0) { return filtered(call); }
  const read = (stdin?.text ?? ANYTHING).flatMap(text => placeholder === undefined ? text.trim().split(/\s+/) : text.trim().split('\n')).slice(0, 20);
  const replaced = placeholder;
  const all = replaced === undefined
    ? [[...inner, ...read]]
    : read.slice(0, 8).map(each => inner.map(arg => arg.replaceAll(replaced, () => each)));
  const outputs = all.flatMap(each => callCommand(run, {
    node: call.node, argv: each, words: each.map((_, index) => words[at + index]), stdin: undefined,
  }));
  return oneOfAll(outputs);
}

function copyFile(run: ShellRun, argv: readonly string[]): PossibleText {
  const paths = argv.slice(1).filter(arg => !arg.startsWith('-'));
  const from = run.world.files.get(paths[paths.length - 2] ?? '');
  const to = paths[paths.length - 1];
  if (from && to) {
    run.world.files.set(to, { ...from, path: to });
    if (run.world.executables.has(from.path) || argv[0] === 'install') { run.world.executables.add(to); }
  }
  return NOTHING;
}

/** What a value may be, as texts. */
export function texts(values: readonly PossibleValue[]): string[] {
  return values.map(value => typeof value === 'string' ? value : value.join(' '));
}
