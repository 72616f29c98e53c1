import type { PossibleText } from '../../request/possible-text';
import { NOTHING, followedBy, oneOfAll } from '../../request/possible-text';
import type { ShellRun } from '../shell-run';
import type { Command } from '../syntax';
import { decide } from './conditions';
import { goWay, inSubshell, meet } from './ways';

/** Each command of a pipeline runs in its own subshell, so its variables are lost. */
export function runPipeline(run: ShellRun, { commands = [] }: Command): PossibleText {
  if (commands.length === 1) { return run.runCommand(commands[0]); }
  const before = run.input;
  let output: PossibleText = NOTHING;
  commands.forEach((command, index) => {
    if (index > 0) { run.input = { text: output, source: run.written }; }
    run.written = undefined;
    const isHere = index === commands.length - 1 && run.world.keepsLast;
    output = isHere ? run.runCommand(command) : inSubshell(run, () => run.runCommand(command));
  });
  run.input = before;
  return output;
}

/** A list with `&&` and `||`. A command after one whose status is not known possibly runs. */
export function runAndOr(run: ShellRun, { commands = [], operators = [] }: Command): PossibleText {
  let status: boolean | undefined;
  let output: PossibleText = NOTHING;
  let isTried = false;
  commands.forEach((command, index) => {
    const operator = operators[index - 1];
    if (index > 0 && status !== undefined && status !== (operator === '&&')) { return; }
    const isSure = index === 0 || status !== undefined;
    const isGuarded = operator === '||' && isTried;
    let text: PossibleText = NOTHING;
    const isTriedHere = run.attempts.areIn(() => {
      text = isSure ? run.runCommand(command) : perhaps(run, isGuarded, () => run.runCommand(command));
    });
    isTried ||= isTriedHere;
    output = index === 0 ? text : operator === '||' && !isSure ? eitherOutput(output, text) : followedBy(output, text);
    status = isSure && run.loops === 0 ? decide(command, run) : undefined;
  });
  return output;
}

/** Runs something that possibly runs. */
function perhaps(run: ShellRun, isGuarded: boolean, body: () => PossibleText): PossibleText {
  const way = run.attempts.guard(isGuarded, () => goWay(run, body));
  meet(run, [way], true);
  return way.output;
}

/** The output of one of two commands. A command without output has failed. */
function eitherOutput(first: PossibleText, second: PossibleText): PossibleText {
  const all = [...first, ...second];
  return oneOfAll(all.every(text => text === '') ? all : all.filter(text => text !== ''));
}
