import type { Case } from '../cases/table';
import { requestOf, statementsOf } from '../cases/table';
import { evaluate } from '../evaluator/evaluator';
import { matchesText } from '../evaluator/wildcards';
import { mutantsOf } from './mutants';
import type { Mutant, StatementJson } from './statement-json';
import { listed } from './statement-json';

/** The results for the mutants of some statements. */
export interface Outcome {
  /** All mutants, as the Sid of the statement and the name. */
  readonly all: ReadonlySet<string>;
  /** The mutants that no case detects. */
  readonly survivors: readonly string[];
}

/** Creates the mutants of all statements of the cases, and finds those that decide all cases like the statement. */
export async function outcomeOf(cases: readonly Pick<Case, 'factory' | 'arguments' | 'request'>[]): Promise<Outcome> {
  const caught = new Map<string, boolean>();
  const made = new Map<string, Promise<Mutant[]>>();
  for (const one of cases) {
    const request = await requestOf(one.request);
    const decide = (statement: object) => evaluate([statement], request).decision;
    for (const statement of statementsOf(one).map(listed)) {
      const key = JSON.stringify(statement);
      if (!made.has(key)) { made.set(key, mutantsOf(statement)); }
      const mutants = await made.get(key)!;
      mutants.forEach(mutant => caught.set(nameOf(mutant), caught.get(nameOf(mutant)) ?? false));
      const open = mutants.filter(mutant => !caught.get(nameOf(mutant)) && mayDecide([statement, mutant.statement], request.action));
      if (open.length === 0) { continue; }
      const decision = decide(statement);
      open.filter(mutant => decide(mutant.statement) !== decision).forEach(mutant => caught.set(nameOf(mutant), true));
    }
  }
  return { all: new Set(caught.keys()), survivors: [...caught].filter(([, isCaught]) => !isCaught).map(([name]) => name) };
}

function nameOf({ name, statement: { Sid } }: Mutant): string {
  return `${Sid}: ${name}`;
}

/** Whether one of the statements affects the action. Most do not. */
function mayDecide(statements: readonly StatementJson[], action: string): boolean {
  return statements.some(({ Action }) => Action.some(pattern => matchesText(pattern.toLowerCase(), action.toLowerCase())));
}
