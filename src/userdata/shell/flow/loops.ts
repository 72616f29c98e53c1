import type { PossibleText } from '../../request/possible-text';
import { ANYTHING, NOTHING, UNKNOWN, followedBy } from '../../request/possible-text';
import type { ShellRun } from '../shell-run';
import type { Command, List } from '../syntax';
import { fieldsOf } from '../words/expansions';
import { goWay } from './ways';

/** The most values of the variable of a loop that are followed. */
const MOST_VALUES = 8;

/** `for` and `select`. The loop is followed once, with all words as possible values of its variable. */
export function runFor(run: ShellRun, { name, wordlist, body }: Command): PossibleText {
  const values = wordlist ? wordlist.flatMap(word => fieldsOf(word, run).flat()) : run.scope.args ?? ANYTHING;
  const different = [...new Set(values)];
  const followed = different.length > MOST_VALUES ? [...different.slice(0, MOST_VALUES - 1), UNKNOWN] : different;
  return inLoop(run, followed.length === 0, () => {
    run.scope.set(name!.text, followed.length > 0 ? followed : [UNKNOWN]);
    return run.runList(body as List);
  });
}

/** `for ((...; ...; ...))` */
export function runArithmeticFor(run: ShellRun, { initialize, test, update, body }: Command): PossibleText {
  run.runIn([initialize, test, update]);
  return inLoop(run, true, () => run.runList(body as List));
}

/** `while` and `until` */
export function runWhile(run: ShellRun, { clause, body }: Command): PossibleText {
  return inLoop(run, false, () => {
    run.runList(clause!);
    return followedBy(run.runList(body as List), NOTHING);
  });
}

/** Follows a loop once. It can end at any place. */
function inLoop(run: ShellRun, mayStay: boolean, body: () => PossibleText): PossibleText {
  run.loops += 1;
  const { output, scope } = goWay(run, body);
  run.loops -= 1;
  run.scope.join([scope], mayStay);
  return output;
}
