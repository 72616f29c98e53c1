import type { PossibleText } from '../../request/possible-text';
import { NOTHING, oneOfAll } from '../../request/possible-text';
import { inOwnScope } from '../flow/ways';
import type { ShellRun } from '../shell-run';
import type { Assignment, Command, Redirect, Word } from '../syntax';
import { assign, assignmentTexts } from '../words/assignments';
import { fieldsOf } from '../words/expansions';
import { callCommand } from './call-command';
import { redirected } from './redirections';

/** The arguments of a command in one possible expansion, each with the word that it comes from. */
interface Arguments {
  readonly argv: string[];
  readonly words: Word[];
}

/** The most expansions of the words of a command that are followed. */
const MOST_WAYS = 8;

/** Runs a simple command: its assignments, words and redirections. */
export function runSimple(run: ShellRun, command: Command): PossibleText {
  const { prefix = [], suffix = [] } = command;
  const assignments = prefix.filter(isAssignment);
  const redirects = [...prefix, ...suffix].filter(isRedirect);
  return redirected(run, command, redirects, () => {
    if (command.name) { return withVariables(run, assignments, () => runWords(run, command)); }
    assignments.forEach(each => assign(run, each));
    return NOTHING;
  });
}

/** Runs something with variables that belong to one command. */
function withVariables(run: ShellRun, assignments: readonly Assignment[], body: () => PossibleText): PossibleText {
  if (assignments.length === 0) { return body(); }
  return inOwnScope(run, () => {
    for (const assignment of assignments) {
      assign(run, assignment);
      run.scope.export(assignment.name);
    }
    return body();
  });
}

/** Runs the command for each possible expansion of its words. */
function runWords(run: ShellRun, command: Command): PossibleText {
  const words = [command.name!, ...(command.suffix ?? []).filter((each): each is Word | Assignment => each.type === 'Word' || each.type === 'Assignment')];
  const outputs: string[] = [];
  for (const { argv, words: origins } of waysOf(run, words)) {
    if (argv.length > 0) { outputs.push(...callCommand(run, { node: command, argv, words: origins, stdin: run.input })); }
  }
  return oneOfAll(outputs);
}

function waysOf(run: ShellRun, words: readonly (Word | Assignment)[]): readonly Arguments[] {
  let ways: readonly Arguments[] = [{ argv: [], words: [] }];
  for (const each of words) {
    const word = each as Word;
    const fields = isAssignment(each) ? assignmentTexts(run, each).map(text => [text]) : fieldsOf(word, run);
    if (fields.length === 1) {
      for (const { argv, words: origins } of ways) { for (const field of fields[0]) { argv.push(field); origins.push(word); } }
    } else {
      ways = ways.flatMap(way => fields.map(more => ({
        argv: [...way.argv, ...more], words: [...way.words, ...more.map(() => word)],
      }))).slice(0, MOST_WAYS);
    }
  }
  return ways;
}

function isAssignment(each: Word | Assignment | Redirect): each is Assignment {
  return each.type === 'Assignment';
}

function isRedirect(each: Word | Assignment | Redirect): each is Redirect {
  return 'operator' in each && !isAssignment(each);
}
