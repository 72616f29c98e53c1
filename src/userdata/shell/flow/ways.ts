import type { PossibleText } from '../../request/possible-text';
import type { Scope } from '../scope';
import type { ShellRun } from '../shell-run';

/** What ends before its last command. */
export type End = 'script' | 'function' | 'loop';

/** One of the possible ways of a script from one place. */
export interface Way {
  readonly output: PossibleText;
  /** The variables at its end. */
  readonly scope: Scope;
  /** What it ends. `undefined` if the script continues. */
  readonly end: End | undefined;
}

/** Follows a way and then restores the state: the variables are as before, and nothing has ended. */
export function goWay(run: ShellRun, body: () => PossibleText): Way {
  const base = run.scope;
  run.scope = base.fork();
  const output = body();
  const way = { output, scope: run.scope, end: run.end };
  run.scope = base;
  run.end = undefined;
  return way;
}

/** What can end, from the smallest to the largest. */
const ENDS: readonly End[] = ['loop', 'function', 'script'];

/**
 * Continues after several ways. A variable has the values of all ways that continue. If the script possibly took no way, its earlier values stay,
 * too. If all ways end something, the smallest of these ends.
 */
export function meet(run: ShellRun, ways: readonly Way[], mayStay: boolean): void {
  run.scope.join(ways.filter(({ end }) => end === undefined).map(({ scope }) => scope), mayStay);
  if (!mayStay && ways.length > 0 && ways.every(({ end }) => end !== undefined)) {
    run.end = ENDS.find(each => ways.some(({ end }) => end === each));
  }
}

/** Runs something without changes to variables. It cannot end anything outside. */
export function inSubshell(run: ShellRun, body: () => PossibleText): PossibleText {
  return goWay(run, body).output;
}

/** Runs something with its own variables. */
export function inOwnScope(run: ShellRun, body: () => PossibleText): PossibleText {
  const base = run.scope;
  run.scope = base.fork();
  const output = body();
  run.scope = base;
  return output;
}
