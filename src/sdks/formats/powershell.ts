import type { Dependency } from '../dependency';
import type { TextFile } from '../text-file';
import { required } from '../version-range';

const MODULE = /ModuleName\s*=\s*["'](AWSPowerShell(?:\.NetCore)?|AWS\.Tools\.\w+)["'][^}\n]*/gi;
const INSTALLED = /Install-Module\b[^\n|;]{0,300}?(?<![\w.])(AWSPowerShell(?:\.NetCore)?|AWS\.Tools\.\w+)[^\n|;]*/gi;

/** Scripts and manifests of PowerShell: the modules that they need. A `ModuleVersion` is the least one, a `RequiredVersion` the only one. */
export function powershellModules(file: TextFile): readonly Dependency[] {
  return [...file.text.matchAll(MODULE), ...file.text.matchAll(INSTALLED)].map(({ 0: text, 1: name, index }) => {
    const exact = /RequiredVersion(?:\s*=\s*|\s+)["']?([\w.]+)/i.exec(text)?.[1];
    const least = /(?:ModuleVersion|MinimumVersion)(?:\s*=\s*|\s+)["']?([\w.]+)/i.exec(text)?.[1];
    return { ecosystem: 'nuget', name, ...required(exact ?? (least === undefined ? '' : `>=${least}`)), line: () => file.lineAt(index) };
  });
}
