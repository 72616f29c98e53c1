import type { PossibleText } from '../../request/possible-text';
import { NOTHING } from '../../request/possible-text';
import type { ShellRun } from '../shell-run';
import type { Node, Redirect, Word } from '../syntax';
import { fieldsOf, textOf, textOfParts } from '../words/expansions';
import { isSocket } from './hosts';
import type { Input } from './invocation';
import { written } from './sockets';

/** Operators that write the output to a file. */
const WRITES = /^(?:>|>>|>\||&>|&>>)$/;

/** Runs something with redirected input and output. */
export function redirected(run: ShellRun, node: Node, redirects: readonly Redirect[], body: () => PossibleText): PossibleText {
  if (redirects.length === 0) { return body(); }
  const before = run.input;
  const redirections = new Redirections(run);
  for (const redirect of redirects) { redirections.add(redirect); }
  run.written = undefined;
  const output = body();
  run.input = before;
  return redirections.pass(output, node);
}

/** The redirections of one command. The input is set before it runs, and the output is passed on after it has run. */
class Redirections {
  private readonly files: { readonly path: string; readonly isAppended: boolean }[] = [];
  private isSentToService = false;
  private isSentToErrors = false;

  public constructor(private readonly run: ShellRun) {}

  public add(redirect: Redirect): void {
    const { operator, target } = redirect;
    if (operator === '<<' || operator === '<<-') {
      this.run.input = hereDocument(this.run, redirect);
    } else if (target && operator === '<<<') {
      this.run.input = hereString(this.run, target);
    } else if (target) {
      this.addFile(redirect, target, fieldsOf(target, this.run)[0]?.join(' ') ?? '');
    }
  }

  /** Passes on the output of the command. Returns what is left for a pipe. */
  public pass(output: PossibleText, node: Node): PossibleText {
    const { run } = this;
    if (this.isSentToService) {
      run.answer = written(run, { node, words: [] }, output, '/dev/tcp');
      return NOTHING;
    }
    for (const { path, isAppended } of this.files) { run.world.files.write(path, output, isAppended ? 'append' : 'replace', run.written); }
    if (this.files.length === 0 && !this.isSentToErrors) { return output; }
    run.written = undefined;
    return NOTHING;
  }

  private addFile(redirect: Redirect, target: Word, path: string): void {
    const { run } = this;
    const { operator, descriptor } = redirect;
    if (isSocket(path)) {
      this.connect(redirect);
    } else if (operator === '>&' && this.isConnected(target)) {
      this.isSentToService = true;
    } else if (operator === '<&' && this.isConnected(target)) {
      run.input = { text: run.answer };
    } else if (operator === '<') {
      run.input = { text: run.world.files.textOf(path), source: run.world.files.get(path)?.sources[0] };
    } else if (operator === '>&') {
      this.isSentToErrors ||= path === '2' && (descriptor?.value ?? 1) === 1;
    } else if (WRITES.test(operator) && (descriptor === undefined || descriptor.value === 1)) {
      this.files.push({ path, isAppended: operator.endsWith('>>') });
    }
  }

  /** Handles a connection to the metadata service: the output goes there, or a file descriptor refers to it from now on. */
  private connect({ operator, descriptor }: Redirect): void {
    const name = descriptor?.name ?? String(descriptor?.value ?? 1);
    if (descriptor === undefined || name === '1') { this.isSentToService ||= operator !== '<'; } else { this.run.world.sockets.add(name); }
  }

  private isConnected({ text }: Word): boolean {
    return this.run.world.sockets.has(text.replace(/^"?\$\{?|\}?"?$/g, ''));
  }
}

function hereString(run: ShellRun, target: Word): Input {
  const text = textOf(target, run).map(each => `${each}\n`);
  return { text, source: run.mapped(target.pos).addWord(target).toSource() };
}

function hereDocument(run: ShellRun, { operator, delimiter, body }: Redirect): Input {
  if (!body) { return { text: NOTHING }; }
  const isQuoted = delimiter?.quoted === true;
  const text = isQuoted ? [body.text] : body.parts ? textOfParts(body.parts, run) : [body.text.replace(/\\([$`\\])/g, '$1').replace(/\\\n/g, '')];
  const source = run.mapped(body.pos).addBody(body, isQuoted).toSource();
  return { text: operator === '<<-' ? text.map(each => each.replace(/^\t+/gm, '')) : text, source };
}
