import type { Dependency } from '../dependency';
import { condaRequirement } from '../formats/conda';
import { npmRequirement } from '../formats/npm';
import { pythonRequirement } from '../formats/requirements';
import type { Ecosystem } from '../sdk';
import { leftOpenBy, required } from '../version-range';

/** A word of a command. */
export interface CommandWord {
  readonly text: string;
  readonly line: number;
}

/** A program that installs the packages in its arguments. */
interface Installer {
  readonly program: RegExp;
  readonly verbs: readonly string[];
  /** Options whose value is the next word. */
  readonly withValue?: RegExp;
  /**
   * Returns the packages that the arguments name.
   *
   * @param packages the arguments without options and their values
   * @param words all arguments
   */
  readonly read: (packages: readonly CommandWord[], words: readonly CommandWord[]) => readonly Dependency[];
}

const PIP_VALUE = /^-(?:[rceitfd]|-(?:requirement|constraint|editable|index-url|extra-index-url|target|find-links|prefix|root|src|python|group))$/;
const CONDA_VALUE = /^-(?:[cnp]|-(?:channel|name|prefix|file))$/;
const NPM_VALUE = /^--(?:prefix|registry|cwd|cache|userconfig|loglevel|modules-folder)$/;
const VERSION_OPTION = /^(?:-v|--version)(?:=|$)/;

const DEB = /^([a-z0-9][a-z0-9.+-]*)(?::\w+)?(?:=(.+))?$/;
const APK = /^([\w.+-]+)(?:@\w+)?(?:=?([^=@].*))?$/;
const RPM = /^([A-Za-z][\w.+]*(?:-[A-Za-z][\w.+]*)*)(?:[-=](\d.*))?$/;

const INSTALLERS: readonly Installer[] = [
  { program: /^(?:pip[\d.]*|pipx|pipenv|uv)$/, verbs: ['install', 'add'], withValue: PIP_VALUE, read: each(pythonRequirement) },
  { program: /^easy_install[\d.-]*$/, verbs: [], read: each(pythonRequirement) },
  { program: /^(?:poetry|pdm)$/, verbs: ['add'], read: each((text, line) => pythonRequirement(text.replace(/@(?=\d)/, '=='), line)) },
  { program: /^(?:conda|mamba|micromamba)$/, verbs: ['install', 'create'], withValue: CONDA_VALUE, read: each(condaRequirement) },
  { program: /^(?:npm|pnpm|yarn|bun)$/, verbs: ['install', 'i', 'add'], withValue: NPM_VALUE, read: each(npmPackage) },
  { program: /^gem[\d.]*$/, verbs: ['install', 'i'], withValue: /^-(?:[viPs]|-(?:version|install-dir|source))$/, read: gems },
  { program: /^(?:apt-get|apt|aptitude)$/, verbs: ['install'], withValue: /^-[otc]$/, read: each(distributed('deb', DEB)) },
  { program: /^apk$/, verbs: ['add'], withValue: /^-(?:[tXp]|-(?:virtual|repository|root))$/, read: each(distributed('apk', APK)) },
  { program: /^(?:yum|dnf|microdnf|tdnf|zypper)$/, verbs: ['install', 'in'], read: each(distributed('rpm', RPM)) },
  { program: /^composer$/, verbs: ['require'], withValue: /^-(?:d|-working-dir)$/, read: composerPackages },
  { program: /^go[\d.]*$/, verbs: ['get', 'install'], read: each(goModule) },
  { program: /^dotnet$/, verbs: ['package'], withValue: /^-(?:[vfsn]|-(?:version|framework|source|package-directory))$/, read: nugetPackage },
];

/** The packages that a command installs, as far as its words name them. */
export function installedBy(command: readonly CommandWord[]): readonly Dependency[] {
  const words = asProgram(command);
  const program = words[0]?.text.replace(/^.*\//, '') ?? '';
  const found = downloadedBy(command);
  const installer = INSTALLERS.find(one => one.program.test(program));
  if (!installer) { return found; }
  const { verbs, withValue, read } = installer;
  const verb = verbs.length === 0 ? 0 : words.findIndex(({ text }, index) => index > 0 && verbs.includes(text));
  return verb === -1 ? found : [...found, ...read(plainWords(words.slice(verb + 1), withValue), words)];
}

/** Archives of the AWS CLI. An archive of version 2 without a version in its name is the newest one. All versions 2 support IMDSv2. */
export function downloadedBy(words: readonly CommandWord[]): readonly Dependency[] {
  return words.flatMap(({ text, line }): readonly Dependency[] => {
    const [, second] = /awscli-exe-[^/?#]{0,80}?-(\d+\.\d+\.\d+)\.(?:zip|pkg)/.exec(text) ?? /AWSCLIV2-(\d+\.\d+\.\d+)\.(?:msi|pkg)/.exec(text) ?? [];
    const first = /(?:awscli-bundle|AWSCLI(?:32|64)(?:PY3)?|AWSCLISetup)(?:-([^/?#]{1,80}))?\.(?:zip|msi|exe)/.exec(text);
    return second === undefined && !first ? [] : [{ ecosystem: 'pypi', name: 'awscli', ...required(second ?? first?.[1]), line: () => line }];
  });
}

/** Treats `python -m pip install` as `pip install`. */
function asProgram(words: readonly CommandWord[]): readonly CommandWord[] {
  const module = /(?:^|\/)python[\d.]*$/.test(words[0]?.text ?? '') ? words.findIndex(({ text }) => text === '-m') : -1;
  return module === -1 ? words : words.slice(module + 1);
}

function plainWords(words: readonly CommandWord[], withValue: RegExp | undefined): readonly CommandWord[] {
  return words.filter(({ text }, index) => !text.startsWith('-') && !(index > 0 && withValue?.test(words[index - 1].text)));
}

function each(read: (text: string, line: number) => readonly Dependency[]): Installer['read'] {
  return packages => packages.flatMap(({ text, line }) => read(text, line));
}

/** `aws-sdk@2.1.0`, `@aws-sdk/client-s3`, `old@npm:aws-sdk@2.1.0`. */
function npmPackage(text: string, line: number): readonly Dependency[] {
  const [, name, range = ''] = /^(@?[^@]+)(?:@(.*))?$/.exec(text) ?? [];
  return name === undefined ? [] : npmRequirement(name, range, () => line);
}

/** `aws-sdk-core:3.1.0`, or one version for all gems. */
function gems(packages: readonly CommandWord[], words: readonly CommandWord[]): readonly Dependency[] {
  const forAll = optionOf(words, VERSION_OPTION);
  return packages.flatMap(({ text, line }): readonly Dependency[] => {
    const [, name, version = forAll] = /^([\w.-]+)(?::(.+))?$/.exec(text) ?? [];
    return name === undefined ? [] : [{ ecosystem: 'gem', name, ...required(version), line: () => line }];
  });
}

/** A package of a Linux distribution. Without a version, the distribution determines it. */
function distributed(ecosystem: Ecosystem, pattern: RegExp): (text: string, line: number) => readonly Dependency[] {
  return (text, line) => {
    const [, name, version] = pattern.exec(text) ?? [];
    if (name === undefined) { return []; }
    const requirement = version === undefined ? { leftOpen: 'the distribution decides on its version' } : (ecosystem === 'deb' ? /\*/ : /[*~<>]/).test(version) ? { leftOpen: leftOpenBy(version) } : { version };
    return [{ ecosystem, name, ...requirement, line: () => line }];
  };
}

/** `aws/aws-sdk-php:3.1.0`, or the version after a space. */
function composerPackages(packages: readonly CommandWord[]): readonly Dependency[] {
  return packages.flatMap(({ text, line }, index): readonly Dependency[] => {
    const [, name, own] = /^([\w.-]+\/[\w.-]+)(?:[:=](.+))?$/.exec(text) ?? [];
    const next = packages[index + 1]?.text;
    return name === undefined ? [] : [{ ecosystem: 'composer', name, ...required(own ?? (next?.includes('/') ? undefined : next)), line: () => line }];
  });
}

function goModule(text: string, line: number): readonly Dependency[] {
  const [, name, version] = /^([^@]+)(?:@(.+))?$/.exec(text) ?? [];
  return name === undefined ? [] : [{ ecosystem: 'golang', name, ...required(version), line: () => line }];
}

function nugetPackage(packages: readonly CommandWord[], words: readonly CommandWord[]): readonly Dependency[] {
  return packages.slice(0, 1).map(({ text, line }) => ({ ecosystem: 'nuget', name: text, ...required(optionOf(words, VERSION_OPTION)), line: () => line }));
}

/** The value of an option: after an equals sign, or the next word. */
function optionOf(words: readonly CommandWord[], option: RegExp): string | undefined {
  const at = words.findIndex(({ text }) => option.test(text));
  if (at === -1) { return undefined; }
  const [{ text }, next] = words.slice(at, at + 2);
  return text.includes('=') ? text.slice(text.indexOf('=') + 1) : next?.text;
}
