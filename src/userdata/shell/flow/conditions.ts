import { NEVER_SET, isKnown } from '../../request/possible-text';
import type { ShellRun } from '../shell-run';
import type { Command, Test, Word } from '../syntax';
import { fieldsOf, textOf } from '../words/expansions';

/** Whether a command succeeds. `undefined` if that is not certain. */
export function decide(command: Command, run: ShellRun): boolean | undefined {
  if (command.type === 'Pipeline' && command.commands?.length === 1) {
    const inner = decide(command.commands[0], run);
    const isNegated = (command as unknown as { prefixes: { type: string }[] }).prefixes.filter(({ type }) => type === 'Negation').length % 2 === 1;
    return inner === undefined ? undefined : inner !== isNegated;
  }
  if (command.type === 'TestCommand') { return decideTest(command.expression, run); }
  if (command.type !== 'Command' || !command.name) { return undefined; }
  const name = command.name.text;
  if (name === 'true' || name === ':') { return true; }
  if (name === 'false') { return false; }
  if (name !== '[' && name !== 'test') { return undefined; }
  const words = (command.suffix ?? []).filter((each): each is Word => each.type === 'Word');
  const operands = words.filter(({ text }) => text !== ']').map(word => known(word, run));
  if (operands.some(operand => operand === undefined)) { return undefined; }
  return decideOperands(operands as string[]);
}

function decideOperands(operands: readonly string[]): boolean | undefined {
  if (operands.length === 1) { return operands[0] !== ''; }
  if (operands.length === 2) { return unary(operands[0], operands[1]); }
  if (operands.length === 3) { return binary(operands[0], operands[1], operands[2]); }
  return undefined;
}

function decideTest(test: Test | undefined, run: ShellRun): boolean | undefined {
  switch (test?.type) {
    case 'TestUnary': {
      const operand = known(test.operand as Word, run);
      return operand === undefined ? undefined : unary(test.operator!, operand);
    }
    case 'TestBinary': {
      const left = known(test.left!, run);
      const right = known(test.right!, run);
      return left === undefined || right === undefined ? undefined : binary(left, test.operator!, right);
    }
    case 'TestNot': {
      const inner = decideTest(test.operand as Test, run);
      const isNegated = (test as unknown as { negations: unknown[] }).negations.length % 2 === 1;
      return inner === undefined ? undefined : inner !== isNegated;
    }
    case 'TestGroup': return decideTest(test.expression, run);
    default: return undefined;
  }
}

function unary(operator: string, operand: string): boolean | undefined {
  return operator === '-n' ? operand !== '' : operator === '-z' ? operand === '' : undefined;
}

function binary(left: string, operator: string, right: string): boolean | undefined {
  if (/[*?[]/.test(right)) { return undefined; }
  switch (operator) {
    case '=': case '==': case '-eq': return left === right;
    case '!=': case '-ne': return left !== right;
    default: return undefined;
  }
}

/** The text of a word, if it is certain. A variable that the script does not set can come from the environment. */
function known(word: Word, run: ShellRun): string | undefined {
  if (/[`(]/.test(word.text)) { return undefined; }
  const fields = fieldsOf(word, run);
  if (fields.length !== 1 || fields[0].length > 1) { return undefined; }
  const texts = textOf(word, run);
  return texts.length === 1 && isKnown(texts[0]) && !texts[0].includes(NEVER_SET) ? texts[0] : undefined;
}
