import type { Dependency } from '../dependency';
import type { TextFile } from '../text-file';
import { required } from '../version-range';

const NAME = '(AWSPowerShell(?:\\.NetCore)?|AWS\\.Tools\\.\\w+)';
const NEEDED = new RegExp(`ModuleName\\s*=\\s*["']${NAME}["'][^}\\n]*`, 'gi');
const COMMAND = new RegExp(`(?:Install-Module|Import-Module|Install-PSResource|Save-Module)\\b[^\\n|;]{0,300}?(?<![\\w.])${NAME}[^\\n|;]*`, 'gi');
const COMMENT = /^[ \t]*#(?!Requires)[^\n]*/gim;
const OWN_MANIFEST = /(?:^|\/)(AWSPowerShell(?:\.NetCore)?|AWS\.Tools\.\w+)\.psd1$/i;

/** Scripts and manifests of PowerShell: the modules that they need, and what a module of AWS is itself. */
export function powershellModules(file: TextFile): readonly Dependency[] {
  const [, own] = OWN_MANIFEST.exec(file.path) ?? [];
  const version = own === undefined ? undefined : /^[ \t]*ModuleVersion\s*=\s*["']([\w.]+)["']/im.exec(file.text);
  const itself: readonly Dependency[] = own !== undefined && version ? [{ ecosystem: 'nuget', name: own, ...required(version[1]), line: () => file.lineAt(version.index + version[0].trimEnd().length) }] : [];
  return [...itself, ...modulesIn(file.text, position => file.lineAt(position))];
}

/** The modules that commands of PowerShell need or install. A `ModuleVersion` is the least one, a `RequiredVersion` the only one. */
export function modulesIn(script: string, lineAt: (position: number) => number): readonly Dependency[] {
  const text = script.replace(COMMENT, comment => ' '.repeat(comment.length));
  return [...text.matchAll(NEEDED), ...text.matchAll(COMMAND)].map(({ 0: found, 1: name, index }) => {
    const exact = /(?:RequiredVersion|(?<!\w)-Version)(?:\s*=\s*|\s+)["']?([\w.]+)/i.exec(found)?.[1];
    const least = /(?:ModuleVersion|MinimumVersion)(?:\s*=\s*|\s+)["']?([\w.]+)/i.exec(found)?.[1];
    return { ecosystem: 'nuget', name, ...required(exact ?? (least === undefined ? '' : `>=${least}`)), line: () => lineAt(index) };
  });
}
