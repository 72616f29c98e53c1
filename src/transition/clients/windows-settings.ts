import type { ClientVariable } from './client-environment';
import { MARKS } from './linux-settings';

/** PowerShell lines that set variables for the machine and for the rest of the script. Existing values stay. */
export function windowsCommands(variables: readonly ClientVariable[]): readonly string[] {
  return variables.length === 0 ? [] : [MARKS.first, ...variables.flatMap(linesFor), MARKS.last];
}

function linesFor({ name, value, options, opposite }: ClientVariable): readonly string[] {
  const names = opposite === undefined ? [name] : [name, opposite];
  const isSet = anyOf(names.map(each => `[Environment]::GetEnvironmentVariable('${each}', 'Machine')`));
  const isHere = anyOf(names.map(each => `$env:${each}`));
  return [
    `if (-not ${isSet}) { [Environment]::SetEnvironmentVariable('${name}', '${value}', 'Machine') }`,
    options ? `$env:${name} = ("$env:${name} " + '${value}').Trim()` : `if (-not ${isHere}) { $env:${name} = '${value}' }`,
  ];
}

function anyOf(values: readonly string[]): string {
  return values.length === 1 ? values[0] : `(${values.join(' -or ')})`;
}
