import type { ClientVariable } from './client-environment';
import { MARKS } from './linux-settings';

/** Lines of PowerShell that make variables known to the machine and to the rest of the script. What is set there already stays. */
export function windowsCommands(variables: readonly ClientVariable[]): readonly string[] {
  return variables.length === 0 ? [] : [MARKS.first, ...variables.flatMap(linesFor), MARKS.last];
}

function linesFor({ name, value, isList }: ClientVariable): readonly string[] {
  return [
    `if (-not [Environment]::GetEnvironmentVariable('${name}', 'Machine')) { [Environment]::SetEnvironmentVariable('${name}', '${value}', 'Machine') }`,
    isList ? `$env:${name} = ("$env:${name} " + '${value}').Trim()` : `if (-not $env:${name}) { $env:${name} = '${value}' }`,
  ];
}
