import type { Dependency } from '../dependency';
import type { TextFile } from '../text-file';
import { required } from '../version-range';
import { withoutComments } from './comments';

const NAME = /(?<![\w.\\/-])(?:AWSPowerShell(?:\.NetCore)?|AWS\.Tools\.\w{1,60})(?![\w.\\/-])/gi;
const MODULE = /@\{([^{}]{0,500})\}/g;
const COMMAND = /\b(?:Install-Module|Save-Module|Update-Module|Import-Module|Install-PSResource|Save-PSResource|Update-PSResource)\b[^\n|;}]{0,500}/gi;
const OWN_VERSION = /^[ \t]*ModuleVersion[ \t]*=[ \t]*["']([\w.]+)["']/mi;

/** Scripts and manifests of PowerShell: the modules that they require, and the module that a manifest belongs to. */
export function powershellModules(file: TextFile): readonly Dependency[] {
  const text = withoutComments(file.text, '<#');
  return [...ownModule(file, text), ...modulesIn(text, position => file.lineAt(position))];
}

/** The modules that PowerShell commands require or install. `ModuleVersion` is the least version, `RequiredVersion` the exact one. */
export function modulesIn(script: string, lineAt: (position: number) => number): readonly Dependency[] {
  const tables = [...script.matchAll(MODULE)].filter(([table]) => /ModuleName\s*=/i.test(table));
  return [...tables, ...script.matchAll(COMMAND)].flatMap(({ 0: text, index }) =>
    [...text.matchAll(NAME)].map(({ 0: name }): Dependency => ({ ecosystem: 'nuget', name, ...versionIn(text), line: () => lineAt(index) })));
}

function versionIn(text: string): ReturnType<typeof required> {
  const valueOf = (key: string) => new RegExp(`(?<![\\w])${key}(?:\\s*=\\s*|\\s+)(?:"([^"\\n]{1,99})"|'([^'\\n]{1,99})'|([\\w.]{1,99}))`, 'i').exec(text)?.slice(1).find(each => each !== undefined);
  const least = valueOf('(?:ModuleVersion|MinimumVersion)');
  return required(valueOf('(?:RequiredVersion|(?<=-)Version)') ?? (least === undefined ? '' : `>=${least}`));
}

/** The module that a manifest belongs to. Both have the same name. */
function ownModule(file: TextFile, text: string): readonly Dependency[] {
  const [, module] = /^(AWSPowerShell(?:\.NetCore)?|AWS\.Tools\.\w+)\.psd1$/i.exec(file.name) ?? [];
  const version = module === undefined ? undefined : OWN_VERSION.exec(text);
  return !version ? [] : [{ ecosystem: 'nuget', name: module!, ...required(version[1]), line: () => file.lineAt(version.index) }];
}
