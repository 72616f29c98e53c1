import type { Dependency } from '../dependency';
import type { TextFile } from '../text-file';
import { required } from '../version-range';

const MODULE = /ModuleName\s*=\s*["'](AWSPowerShell(?:\.NetCore)?|AWS\.Tools\.\w+)["'][^}\n]*/gi;
const INSTALLED = /Install-Module\b[^\n|;]{0,300}?(?<![\w.])(AWSPowerShell(?:\.NetCore)?|AWS\.Tools\.\w+)[^\n|;]*/gi;

/** Scripts and manifests of PowerShell: the modules that they need. A `ModuleVersion` is the least one, a `RequiredVersion` the only one. */
export function powershellModules(file: TextFile): readonly Dependency[] {
  return modulesIn(file.text, position => file.lineAt(position));
}

/** The modules that commands of PowerShell need or install. */
export function modulesIn(script: string, lineAt: (position: number) => number): readonly Dependency[] {
  return [...script.matchAll(MODULE), ...script.matchAll(INSTALLED)].map(({ 0: text, 1: name, index }) => {
    const exact = /RequiredVersion(?:\s*=\s*|\s+)["']?([\w.]+)/i.exec(text)?.[1];
    const least = /(?:ModuleVersion|MinimumVersion)(?:\s*=\s*|\s+)["']?([\w.]+)/i.exec(text)?.[1];
    return { ecosystem: 'nuget', name, ...required(exact ?? (least === undefined ? '' : `>=${least}`)), line: () => lineAt(index) };
  });
}
