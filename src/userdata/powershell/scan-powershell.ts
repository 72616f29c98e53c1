import type { Block } from './alternatives';
import type { Program } from './program';
import { readProgram } from './program';
import type { PowerShellRequest } from './requests';
import { RequestReader } from './requests';

/** Commands that write a script to a file, or run it. */
const WRITES = /^(?:out-file|set-content|add-content|new-item|invoke-expression|iex|register-scheduledtask|invoke-command|start-process|tee-object|new-scheduledtaskaction|powershell|powershell\.exe|pwsh|pwsh\.exe|cmd|cmd\.exe|schtasks|schtasks\.exe)$/;
/** The script in the arguments of a program: `-NoProfile -Command "..."`. */
const IN_ARGUMENTS = /(?:^|\s)-c(?:o\w*)?\s+(["']?)([\s\S]*)\1\s*$/i;
const MOST_NESTED = 20;
const DEEPEST_SCRIPT = 2;
const MOST_ALTERNATIVES = 100;

/** Finds the requests of a PowerShell script. */
export function scanPowerShell(text: string): readonly PowerShellRequest[] {
  return scanAt(text, 0, 0);
}

function scanAt(text: string, offset: number, depth: number): readonly PowerShellRequest[] {
  const program = readProgram(text, offset);
  const own = withLastResorts(new RequestReader(program, text).all(), program);
  if (depth > DEEPEST_SCRIPT || !program.commands.some(({ name }) => WRITES.test(name))) { return own; }
  const nested = program.scripts.slice(0, MOST_NESTED).map(inArguments).flatMap(script => scanAt(script.text, script.pos, depth + 1));
  return [...own, ...nested];
}

function inArguments(script: { readonly text: string; readonly pos: number }): { readonly text: string; readonly pos: number } {
  const [, , text] = /^\s*-/.test(script.text) ? IN_ARGUMENTS.exec(script.text) ?? [] : [];
  return text === undefined ? script : { text, pos: script.pos + script.text.lastIndexOf(text) };
}

/** Marks the requests that the script makes only after IMDSv2 has failed. */
function withLastResorts(all: readonly PowerShellRequest[], program: Program): readonly PowerShellRequest[] {
  const blocks = lastResorts(all, program);
  return blocks.length === 0 ? all : all.map(request => ({ ...request, isFallback: blocks.some(block => isIn(block, request.pos)) }));
}

/** The blocks that run only if another block has tried IMDSv2. */
function lastResorts(all: readonly PowerShellRequest[], { alternatives }: Program): readonly Block[] {
  const tries = all.filter(({ judgement }) => judgement.kind !== 'v1');
  const triesIn = (block: Block) => tries.some(({ pos }) => isIn(block, pos));
  return alternatives.slice(0, MOST_ALTERNATIVES).flatMap(({ first, second, kind }) =>
    [...triesIn(first) ? [second] : [], ...kind === 'if' && triesIn(second) ? [first] : []]);
}

function isIn({ from, to }: Block, position: number): boolean {
  return position >= from && position < to;
}
