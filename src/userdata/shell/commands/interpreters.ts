import type { PossibleText } from '../../request/possible-text';
import { ANYTHING, NOTHING, UNKNOWN, withoutMarkers } from '../../request/possible-text';
import type { ShellRun } from '../shell-run';
import type { Source } from '../text/source';
import { callCommand } from './call-command';
import { noteFetched } from './downloads';
import type { Invocation, RunCommand } from './invocation';

/** Commands that run a script, from an argument, a file or their input. */
export const INTERPRETERS: ReadonlyMap<string, RunCommand> = new Map<string, RunCommand>([
  ...['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh'].map((name): [string, RunCommand] => [name, runShell]),
  ['su', runAsUser], ['runuser', runAsUser],
  ['watch', runWords], ['at', runInput], ['batch', runInput], ['crontab', runCrontab], ['ssh', runInput], ['script', runAsUser],
  ['wait-for', () => NOTHING],
  ...['python', 'python2', 'python3', 'perl', 'ruby', 'node', 'php', 'deno', 'bun', 'lua', 'Rscript', 'groovy', 'pwsh', 'powershell', 'powershell.exe'].map((name): [string, RunCommand] => [name, runForeign]),
  ...['docker', 'podman', 'nerdctl', 'kubectl', 'lxc', 'crictl', 'nsenter', 'ip', 'su-exec', 'gosu', 'setpriv', 'capsh'].map((name): [string, RunCommand] => [name, runInside]),
]);

function runShell(run: ShellRun, call: Invocation): PossibleText {
  const { argv } = call;
  const command = argv.findIndex((arg, index) => index > 0 && /^-[abd-zA-Z]*c[a-zA-Z]*$/.test(arg));
  if (command > 0) { return runString(run, call, command + 1, argv.slice(command + 3)); }
  const file = argv.slice(1).find(arg => !/^[-+]/.test(arg));
  if (file !== undefined && !argv.includes('-s')) {
    const written = run.world.files.get(file);
    if (written) { run.world.files.noteRun(written); }
    noteFetched(run, file.startsWith('/dev/fd/') ? run.lastDownload : run.world.trail.downloads.get(file));
    const args = argv.slice(argv.indexOf(file) + 1);
    const outputs = written?.sources.map(source => run.runChild(source, args));
    return outputs?.[0] ?? ANYTHING;
  }
  if (call.stdin) { noteFetched(run, run.lastDownload); }
  return call.stdin?.source ? run.runChild(call.stdin.source, [], {}) : ANYTHING;
}

/** Runs a script from an argument. */
function runString(run: ShellRun, call: Invocation, at: number, args: readonly string[] = []): PossibleText {
  const word = call.words[at];
  const text = call.argv[at];
  if (text === undefined) { return ANYTHING; }
  if (text.trim() === UNKNOWN) { noteFetched(run, run.lastDownload); }
  const source = word && word.type !== 'Assignment' ? run.mapped(call.node.pos).addWord(word).toSource() : undefined;
  // In `bash -c "$*"`, the word consists of more than this argument.
  const script = source && source.text.trim() !== '' ? source : run.mapped(call.node.pos).addText(text).toSource();
  return run.runChild(script, args, { isOneLiner: !script.text.trim().includes('\n') });
}

function runAsUser(run: ShellRun, call: Invocation): PossibleText {
  const at = call.argv.findIndex(arg => /^(?:-\w*c|--command)$/.test(arg));
  if (at > 0) { return runString(run, call, at + 1); }
  const equals = call.argv.findIndex(arg => arg.startsWith('--command='));
  if (equals > 0) { return run.runChild(run.mapped(call.node.pos).addText(call.argv[equals].slice(10)).toSource(), [], { isOneLiner: true }); }
  const dashes = call.argv.indexOf('--');
  if (call.argv[0].endsWith('runuser') && dashes > 0) { return runInside(run, call); }
  return call.stdin?.source ? run.runChild(call.stdin.source, []) : ANYTHING;
}

function runWords(run: ShellRun, call: Invocation): PossibleText {
  const at = call.argv.findIndex((arg, index) => index > 0 && !arg.startsWith('-') && !/^\d+(?:\.\d+)?$/.test(arg));
  return at < 0 ? ANYTHING : runString(run, call, at);
}

function runInput(run: ShellRun, call: Invocation): PossibleText {
  return call.stdin?.source ? run.runChild(call.stdin.source, undefined) : ANYTHING;
}

function runCrontab(run: ShellRun, call: Invocation): PossibleText {
  const source = call.stdin?.source;
  if (source) { run.world.files.write('/var/spool/cron/user', call.stdin!.text, 'append', source); }
  return NOTHING;
}

/** The options before a script in an argument. */
const OPTIONS: { readonly [language: string]: RegExp } = { php: /^-r$/, deno: /^eval$/, node: /^-(?:e|p|pe|-eval|-print)$/, python: /^-[a-zA-Z]*c$/, pwsh: /^-c(?:o\w*)?$/i, powershell: /^-c(?:o\w*)?$/i };

/** An option of PowerShell whose value is a script in Base64. */
const ENCODED = /^[-/]e(?:c|n\w*)?$/i;

function runForeign(run: ShellRun, call: Invocation): PossibleText {
  const language = call.argv[0].replace(/^.*\//, '').replace(/(?<![\d.])[\d.]+$|\.exe$/, '');
  if (/^(?:pwsh|powershell)$/.test(language) && call.argv.some(arg => ENCODED.test(arg))) { return runEncoded(run, call); }
  const option = OPTIONS[language] ?? /^-[a-zA-Z]*e$/i;
  const at = call.argv.findIndex((arg, index) => index > 0 && option.test(arg));
  if (at > 0) {
    const word = call.words[at + 1];
    return word ? run.world.foreign(language, run.mapped(call.node.pos).addWord(word).toSource(), run) : ANYTHING;
  }
  const file = call.argv.slice(1).find(arg => !arg.startsWith('-'));
  const written = file === undefined ? undefined : run.world.files.get(file);
  if (written) {
    run.world.files.noteRun(written);
    return foreignSources(run, language, written.sources);
  }
  return call.stdin?.source && file === undefined ? run.world.foreign(language, call.stdin.source, run) : ANYTHING;
}

function runEncoded(run: ShellRun, call: Invocation): PossibleText {
  const script = Buffer.from(call.argv[call.argv.findIndex(arg => ENCODED.test(arg)) + 1] ?? '', 'base64').toString('utf16le');
  return run.world.foreign('powershell', run.mapped(call.node.pos).addText(withoutMarkers(script)).toSource(), run);
}

function foreignSources(run: ShellRun, language: string, sources: readonly Source[]): PossibleText {
  const outputs = sources.map(source => run.world.foreign(language, source, run));
  return outputs[0] ?? ANYTHING;
}

/** A container image that runs curl with the arguments of the container. */
const CURL_IMAGE = /^(?:[\w.-]+\/)+curl(?::[\w.-]+)?$/;

/** A command that runs another command elsewhere on this host, such as in a container or a namespace. */
function runInside(run: ShellRun, call: Invocation): PossibleText {
  const at = call.argv.findIndex((arg, index) => index > 0 && (/^(?:\/\S*\/)?(?:curl|wget|sh|bash|ash|python3?)$/.test(arg) || CURL_IMAGE.test(arg)));
  if (at < 0) { return ANYTHING; }
  const [program, ...args] = call.argv.slice(at);
  const argv = [CURL_IMAGE.test(program) ? 'curl' : program, ...args];
  return callCommand(run, { ...call, argv, words: call.words.slice(at) });
}
