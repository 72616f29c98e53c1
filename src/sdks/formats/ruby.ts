import type { Dependency } from '../dependency';
import type { TextFile } from '../text-file';
import { required } from '../version-range';

/** `Gemfile.lock` and `gems.locked`: what was chosen stands in four spaces, what each of it needs in six. */
export function gemLock(file: TextFile): readonly Dependency[] {
  return file.lines.flatMap((line, index) => {
    const [, name, version] = /^ {4}([\w.-]+) \(([^)]+)\)\s*$/.exec(line) ?? [];
    return name === undefined ? [] : [gem(name, withoutPlatform(version), index + 1)];
  });
}

/** `paket.lock` of .NET looks alike. */
export function paketLock(file: TextFile): readonly Dependency[] {
  return gemLock(file).map((found): Dependency => ({ ...found, ecosystem: 'nuget' }));
}

/** `Gemfile` and `*.gemspec`: what is asked for; nothing of it is run. */
export function gemFile(file: TextFile): readonly Dependency[] {
  return file.lines.flatMap((line, index) => {
    const [, name, requirement = ''] = /^\s*(?:gem|\w+\.add_(?:runtime_|development_)?dependency)[\s(]+["']([\w.-]+)["'](?:\s*,\s*["']([^"']*)["'])?/.exec(line) ?? [];
    return name === undefined ? [] : [{ ecosystem: 'gem' as const, name, ...required(requirement), line: () => index + 1 }];
  });
}

/** `1.2.3-java`, where a gem is built for a platform. */
function withoutPlatform(version: string): string {
  return version.replace(/-(?:java|jruby|ruby|mswin|mingw|x86|x64|aarch64|arm|universal)[^]*$/, '');
}

function gem(name: string, version: string, line: number): Dependency {
  return { ecosystem: 'gem', name, ...required(version), line: () => line };
}
