import type { PossibleText } from '../../request/possible-text';
import type { Scope } from '../scope';
import type { ShellRun } from '../shell-run';

/** How a list ends before its last command. */
export type End = 'script' | 'function' | 'loop';

/** One of the ways that a script may go from a place. */
export interface Way {
  readonly output: PossibleText;
  /** The variables at its end. */
  readonly scope: Scope;
  /** How it ends, where it does not go on. */
  readonly end: End | undefined;
}

/** Goes a way and comes back: then variables are as before, and nothing has ended. */
export function goWay(run: ShellRun, body: () => PossibleText): Way {
  const base = run.scope;
  run.scope = base.fork();
  const output = body();
  const way = { output, scope: run.scope, end: run.end };
  run.scope = base;
  run.end = undefined;
  return way;
}

/** What ends, the least first. */
const ENDS: readonly End[] = ['loop', 'function', 'script'];

/**
 * Goes on where ways meet: a variable may be what any of those made of it that go on, or what it was where the script may have gone none.
 * Where all of them end, at least that ends which each of them does.
 */
export function meet(run: ShellRun, ways: readonly Way[], mayStay: boolean): void {
  run.scope.join(ways.filter(({ end }) => end === undefined).map(({ scope }) => scope), mayStay);
  if (!mayStay && ways.length > 0 && ways.every(({ end }) => end !== undefined)) {
    run.end = ENDS.find(each => ways.some(({ end }) => end === each));
  }
}

/** Runs something that leaves the variables as they are, and ends nothing but itself. */
export function inSubshell(run: ShellRun, body: () => PossibleText): PossibleText {
  return goWay(run, body).output;
}

/** Runs something on variables of its own. */
export function inOwnScope(run: ShellRun, body: () => PossibleText): PossibleText {
  const base = run.scope;
  run.scope = base.fork();
  const output = body();
  run.scope = base;
  return output;
}
