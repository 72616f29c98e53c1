import type { PossibleText } from '../../request/possible-text';
import { oneOfAll } from '../../request/possible-text';
import type { ShellRun } from '../shell-run';
import type { Command, List } from '../syntax';
import { BranchAttempts } from './attempts';
import { decide } from './conditions';
import type { Branch } from './functions';
import type { Way } from './ways';
import { goWay, meet } from './ways';

/** Follows each branch that an `if` can take, from the same state. */
export function runIf(run: ShellRun, command: Command): PossibleText {
  return new IfClause(run).run(command);
}

class IfClause {
  private readonly ways: Way[] = [];
  private readonly attempts: BranchAttempts;
  private readonly branch: Branch = { isGuarded: false };
  /** Whether a condition requests or uses a session token. */
  private isTried = false;
  /** Whether a condition is certainly true, so that no later branch runs. */
  private isDecided = false;

  public constructor(private readonly shell: ShellRun) {
    this.attempts = new BranchAttempts(shell.world.trail);
  }

  public run(command: Command): PossibleText {
    this.takeBranches([{ clause: command.clause!, then: command.then! }, ...command.elif ?? []]);
    if (!this.isDecided && command.else) { this.take(command.else); }
    const mayStay = !this.isDecided && !command.else;
    this.goOn(mayStay);
    const outputs = this.ways.flatMap(({ output }) => output);
    return oneOfAll(mayStay ? [...outputs, ''] : outputs);
  }

  private takeBranches(branches: readonly { readonly clause: List; readonly then: List }[]): void {
    for (const { clause, then } of branches) {
      const holds = this.test(clause);
      this.isDecided = holds === true;
      if (holds !== false) { this.take(then); }
      if (this.isDecided) { return; }
    }
  }

  /** Whether a condition is true, if that is certain. In a loop, it can change with each round. */
  private test(clause: List): boolean | undefined {
    const { shell } = this;
    let holds: boolean | undefined;
    const isTried = shell.attempts.areIn(() => {
      shell.runList(clause);
      shell.end = undefined;
      holds = clause.commands.length === 1 ? decide(clause.commands[0].command, shell) : undefined;
    });
    this.isTried ||= isTried;
    return shell.loops > 0 ? undefined : holds;
  }

  /** Follows a branch. Its definitions depend on the branch, unless the branch certainly runs. */
  private take(list: List): void {
    const { shell } = this;
    const outside = shell.branch;
    shell.branch = this.isDecided ? outside : this.branch;
    this.ways.push(this.attempts.go(() => goWay(shell, () => shell.runList(list))));
    shell.branch = outside;
  }

  private goOn(mayStay: boolean): void {
    meet(this.shell, this.ways, mayStay);
    if (this.isTried) { this.attempts.mark(this.shell.attempts); }
    this.branch.isGuarded = this.isTried;
  }
}
