import { UNKNOWN } from '../request/possible-text';
import type { CallExpression, Expression } from './expressions';
import type { Program } from './program';
import { nameOf, readProgram } from './program';
import type { PythonRequest } from './requests';
import { RequestReader } from './requests';
import type { Values } from './values';

/** A command line that a Python program runs. */
export interface PythonCommand {
  readonly pos: number;
  readonly end: number;
  readonly command: string;
}

const SHELLS = /^(?:system|popen|Popen|run|call|check_call|check_output|getoutput|getstatusoutput)$/;
/** The token header, but not the header of a request for a token. */
const SENDS_TOKENS = /x.aws.ec2.metadata.token(?!.ttl)/i;

/** The module of boto 2 that reads metadata, outside comments. It sends no token in any version. */
const BOTO_2 = /^[^#\n]*(?:\bboto\.utils\b|\bfrom[ \t]+boto[ \t]+import[ \t(])/m;

/** Finds the requests and the command lines of a Python program. */
export function scanPython(text: string): { readonly requests: readonly PythonRequest[]; readonly commands: readonly PythonCommand[] } {
  const program = readProgram(text);
  const reader = new RequestReader(program, { sendsTokens: SENDS_TOKENS.test(text), usesBoto2: BOTO_2.test(text) });
  return { requests: reader.all(), commands: program.calls.flatMap(call => commandsOf(call, program, reader.values)) };
}

/** The command lines that a call runs, as far as they are known. */
function commandsOf(call: CallExpression, program: Program, { textsOf }: Values): PythonCommand[] {
  const name = nameOf(call.callee);
  const first = call.args[0]?.value;
  if (name === undefined || !SHELLS.test(name) || !first) { return []; }
  const words = wordsIn(first, program);
  const command = words ? words.map(each => quoted(textsOf(each)[0])).join(' ') : textsOf(first)[0];
  return command.trim() === UNKNOWN ? [] : [{ pos: call.pos, end: call.end, command }];
}

/** The words of a command that is a list, or the name of a list. */
function wordsIn(expression: Expression, program: Program): readonly Expression[] | undefined {
  if (expression.kind === 'list') { return expression.elements; }
  const given = expression.kind === 'name' ? program.given.get(expression.name) : undefined;
  return given?.length === 1 && given[0].kind === 'list' ? given[0].elements : undefined;
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
