import { intrinsicName, isObject } from '../../model/intrinsics';
import type { PlacedScript } from './script-places';
import { scriptsOf, scriptsOfLines } from './script-places';
import type { Refer } from './template-texts';

const DEEPEST = 12;
const MOST_ELEMENTS = 200;
/** The keys of commands: in steps of Systems Manager and Image Builder, and in the inputs of a step that runs another document. */
const COMMANDS = /^(?:runCommand|commands)$/;

/** The scripts in a document of Systems Manager or Image Builder. The document is a text, or an object of the template. */
export function scriptsOfDocument(path: string, value: unknown, refer: Refer): readonly PlacedScript[] {
  return Array.isArray(value) || (isObject(value) && intrinsicName(value) === undefined)
    ? commandsIn(value, path, false, refer, 0)
    : scriptsOf(path, value, refer);
}

function commandsIn(value: unknown, path: string, isPowerShell: boolean, refer: Refer, depth: number): readonly PlacedScript[] {
  if (depth > DEEPEST) { return []; }
  if (Array.isArray(value)) {
    return value.slice(0, MOST_ELEMENTS).flatMap((each, index) => commandsIn(each, `${path}[${index}]`, isPowerShell, refer, depth + 1));
  }
  if (!isObject(value)) { return []; }
  const runsPowerShell = isPowerShell || [value.action, value.DocumentName].some(namesPowerShell);
  return Object.entries(value).flatMap(([key, inner]) => COMMANDS.test(key)
    ? scriptsOfLines(`${path}.${key}`, inner, refer, runsPowerShell ? 'powershell' : undefined)
    : commandsIn(inner, `${path}.${key}`, runsPowerShell || namesPowerShell(key), refer, depth + 1));
}

function namesPowerShell(name: unknown): boolean {
  return typeof name === 'string' && /PowerShell/i.test(name);
}
