import type { Dependency } from '../dependency';
import { forDevelopment } from '../dependency';
import type { TextFile } from '../text-file';
import { required } from '../version-range';
import { requestedGems, unshippedGems } from './gem-groups';

/** `Gemfile.lock` and `gems.locked`: the chosen gems are indented by four spaces, and their dependencies by six. */
export function gemLock(file: TextFile): readonly Dependency[] {
  const unshipped = unshippedGems(file.lines, file.near(file.name === 'gems.locked' ? 'gems.rb' : 'Gemfile'));
  return chosenIn(file).map((found): Dependency => ({ ...found, ...forDevelopment(unshipped.has(found.name)) }));
}

function chosenIn({ lines }: TextFile): readonly Dependency[] {
  return lines.flatMap((line, index) => {
    const [, name, version] = /^ {4}([\w.-]+) \(([^)]+)\)\s*$/.exec(line) ?? [];
    return name === undefined ? [] : [gem(name, withoutPlatform(version), index + 1)];
  });
}

/** `paket.lock` of .NET, which has the same form. */
export function paketLock(file: TextFile): readonly Dependency[] {
  return chosenIn(file).map((found): Dependency => ({ ...found, ecosystem: 'nuget' }));
}

/** A line that requests a gem, also in RubyGems's own form, `%q<name>.freeze, ["~> 1.0"]`. */
const REQUEST = /^\s*(?:gem|\w+\.add_(runtime_|development_)?dependency)[\s(]+(?:["']([\w.-]+)["']|%q<([\w.-]+)>)(?:\.freeze)?(?:\s{0,20},\s{0,20}\[?\s{0,20}((?:["'][^"']*["'][\s,]{0,20}){1,9}))?/;

/** `Gemfile` and `*.gemspec`: the requested gems, and the gem of a gemspec. Nothing is executed. */
export function gemFile(file: TextFile): readonly Dependency[] {
  const unshipped = new Set(requestedGems(file.lines).filter(({ isForDevelopment }) => isForDevelopment).map(({ line }) => line));
  return [...ownGem(file), ...file.lines.flatMap((line, index): readonly Dependency[] => {
    const [, kind, quoted, name = quoted, requirement = ''] = REQUEST.exec(line) ?? [];
    return name === undefined ? [] : [{ ecosystem: 'gem', name, ...required(requirement.split(',').map(bound => bound.replace(/["']/g, '').trim()).filter(bound => bound !== '').join(', ')), ...forDevelopment(kind === 'development_' || unshipped.has(index)), line: () => index + 1 }];
  })];
}

/** The gem that a `*.gemspec` belongs to. Of an installed gem, its folder has the name and version. */
function ownGem(file: TextFile): readonly Dependency[] {
  if (!file.path.endsWith('.gemspec') || /(?:^|\/)specifications\//.test(file.path)) { return []; }
  const valueOf = (key: string) => new RegExp(`^\\s{0,20}\\w{1,20}\\.${key}\\s{0,20}=\\s{0,20}["']([^"'\\n]{1,99})["']`, 'm').exec(file.text);
  const [name, version] = [valueOf('name'), valueOf('version')];
  return name && version ? [gem(name[1], version[1], file.lineAt(version.index + version[0].length))] : [];
}

/** A version without the platform, such as `1.2.3-java`. */
function withoutPlatform(version: string): string {
  return version.replace(/-(?:java|jruby|ruby|mswin|mingw|x86|x64|aarch64|arm|universal)[^]*$/, '');
}

function gem(name: string, version: string, line: number): Dependency {
  return { ecosystem: 'gem', name, ...required(version), line: () => line };
}
