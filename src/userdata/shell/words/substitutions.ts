import type { PossibleText } from '../../request/possible-text';
import { ANYTHING } from '../../request/possible-text';
import { inSubshell } from '../flow/ways';
import type { ShellRun } from '../shell-run';
import type { Part, Redirect, Script, Word } from '../syntax';
import { Source } from '../text/source';
import { textOf, textOfParts } from './expansions';

/** The commands in words: `$(...)`, backquotes, `<(...)`. Each command runs once, even if its text is needed again. */
export class Substitutions {
  private readonly outputs = new WeakMap<Part, PossibleText>();
  private isReplaying = false;
  private files = 0;

  public constructor(private readonly run: ShellRun) {}

  /** The output of a command in a word. */
  public outputOf(part: Part): PossibleText {
    if (this.isReplaying) { return this.outputs.get(part) ?? ANYTHING; }
    const output = this.run.world.trail.mayParse(part.text) ? this.runScript(part.script, part) : ANYTHING;
    this.outputs.set(part, output);
    return output;
  }

  /** The path of a file with the output of a command. */
  public fileOf(part: Part): string {
    const { run } = this;
    if (this.isReplaying || !run.world.trail.mayParse(part.text)) { return '/dev/fd/63'; }
    this.files += 1;
    const path = `/dev/fd/${60 + this.files}`;
    const text = part.script ? this.runHere(part.script) : ANYTHING;
    run.world.files.set({ path, text, sources: run.written ? [run.written] : [] });
    return path;
  }

  /** The earlier result of the expansion of a part. */
  public expansionOf(part: Part): PossibleText {
    const before = this.isReplaying;
    this.isReplaying = true;
    const text = textOfParts([part], this.run);
    this.isReplaying = before;
    return text;
  }

  private runScript(script: Script | undefined, part: Part): PossibleText {
    const { run } = this;
    if (!script || run.isTooDeep) { return run.skipped(); }
    return script.source === undefined ? this.runHere(script) : run.inSource(unescaped(run.source, script.source, part), () => this.runHere(script));
  }

  private runHere(script: Script): PossibleText {
    const { run } = this;
    const file = fileRead(script);
    return run.nested(() => file ? run.world.files.textOf(textOf(file, run)[0]) : inSubshell(run, () => run.runList(script)));
  }
}

/** In backquotes with escapes, the script differs from the outer text. */
function unescaped(outer: Source, text: string, { pos }: Part): Source {
  const from = outer.text.startsWith('`', pos) ? pos + 1 : pos;
  return Source.within(outer, text, [{ start: 0, outer: from, length: text.length }], 'double', from);
}

/** The file that `$(< file)` reads. */
function fileRead({ commands }: Script): Word | undefined {
  const only = commands.length === 1 ? commands[0].command : undefined;
  if (only?.type !== 'Command' || only.name || only.prefix?.length !== 1) { return undefined; }
  const [redirect] = only.prefix as Redirect[];
  return redirect.operator === '<' ? redirect.target : undefined;
}
