import type { Dependency } from '../dependency';
import type { Ecosystem } from '../sdk';
import type { TextFile } from '../text-file';
import { required } from '../version-range';

/** A pattern that shows an SDK in a program. Its first group is the version. */
interface Sign {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  readonly pattern: RegExp;
}

const V = '(\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}[\\w.+-]{0,60})';

/** A comment between two properties, as bundlers write it. In a string of JavaScript, a line end is two characters. */
const BETWEEN = '[\\s\\\\*/@A-Za-z]{0,100}';

/** Patterns in bundled JavaScript: the SDK's main class, and the first lines of a built file. */
const IN_JAVASCRIPT: readonly Sign[] = [
  { ecosystem: 'npm', name: 'aws-sdk', pattern: new RegExp(`VERSION["']?:\\s?\\\\?["']${V}\\\\?["'],${BETWEEN}["']?Signers\\\\?["']?:`, 'g') },
  { ecosystem: 'npm', name: 'aws-sdk', pattern: new RegExp(`^// AWS SDK for JavaScript v${V}$\\s{1,4}// Copyright Amazon`, 'gm') },
];

/** Patterns in files of an SDK, by their paths. */
const IN_SOURCES: readonly (Sign & { readonly path: RegExp })[] = [
  { path: /(?:^|\/)com\/amazonaws\/sdk\/versionInfo\.properties$/, ecosystem: 'maven', name: 'com.amazonaws:aws-java-sdk-core', pattern: new RegExp(`^version=${V}`, 'gm') },
  { path: /(?:^|\/)software\/amazon\/awssdk\/core\/util\/VersionInfo\.class$/, ecosystem: 'maven', name: 'software.amazon.awssdk:sdk-core', pattern: /[^\d.](2\.\d{1,9}\.\d{1,9})(?![\d.])/g },
  { path: /(?:^|\/)botocore\/__init__\.py$/, ecosystem: 'pypi', name: 'botocore', pattern: new RegExp(`^__version__ = ["']${V}["']`, 'gm') },
  { path: /(?:^|\/)boto3\/__init__\.py$/, ecosystem: 'pypi', name: 'boto3', pattern: new RegExp(`^__version__ = ["']${V}["']`, 'gm') },
  { path: /(?:^|\/)awscli\/__init__\.py$/, ecosystem: 'pypi', name: 'awscli', pattern: new RegExp(`^__version__ = ["']${V}["']`, 'gm') },
  { path: /(?:^|\/)boto\/__init__\.py$/, ecosystem: 'pypi', name: 'boto', pattern: new RegExp(`^__version__ = ["']${V}["']`, 'gm') },
  { path: /(?:^|\/)aws-sdk-php\/src\/Sdk\.php$|(?:^|\/)Aws\/Sdk\.php$/, ecosystem: 'composer', name: 'aws/aws-sdk-php', pattern: new RegExp(`const VERSION = ["']${V}["']`, 'g') },
  { path: /(?:^|\/)aws-sdk-core\/(?:lib\/)?aws-sdk-core\.rb$|(?:^|\/)aws-sdk-core\.rb$/, ecosystem: 'gem', name: 'aws-sdk-core', pattern: new RegExp(`(?:CORE_)?GEM_VERSION = ["']${V}["']`, 'g') },
  { path: /(?:^|\/)github\.com\/aws\/aws-sdk-go\/aws\/version\.go$/, ecosystem: 'golang', name: 'github.com/aws/aws-sdk-go', pattern: new RegExp(`const SDKVersion = ["']${V}["']`, 'g') },
];

/** The names of archives and folders that contain a version. */
const IN_PATHS: readonly { readonly pattern: RegExp; readonly ecosystem: Ecosystem; name(found: string): string }[] = [
  { pattern: new RegExp(`(?:^|/)(aws-java-sdk[a-z0-9-]*?)-${V}\\.jar$`), ecosystem: 'maven', name: artifact => `com.amazonaws:${artifact}` },
  { pattern: new RegExp('(?:^|/)((?:aws-core|sdk-core|http-client-spi|regions|imds))-(2\\.\\d+\\.\\d+)\\.jar$'), ecosystem: 'maven', name: artifact => `software.amazon.awssdk:${artifact}` },
  { pattern: new RegExp(`(?:^|/)(aws-sdk-core)-${V}/VERSION$`), ecosystem: 'gem', name: gem => gem },
  { pattern: new RegExp('(?:^|/)(aws-sdk-core)-(\\d{1,9}\\.\\d{1,9}\\.\\d{1,9})\\.gem$'), ecosystem: 'gem', name: gem => gem },
  { pattern: new RegExp('(?:^|/)(boto3?|botocore|awscli)-(\\d{1,9}\\.\\d{1,9}\\.\\d{1,9})\\.(?:tar\\.gz|tgz)$'), ecosystem: 'pypi', name: name => name },
];

/** The SDKs in bundled JavaScript, each version once. */
export function inJavaScript(file: TextFile): readonly Dependency[] {
  return found(file, IN_JAVASCRIPT);
}

/** The SDK that a file belongs to, with the version in it. */
export function inSources(file: TextFile): readonly Dependency[] {
  return found(file, IN_SOURCES.filter(({ path }) => path.test(file.path)));
}

/** Whether a file is one of an SDK that contains its version. */
export function isVersionSource(path: string): boolean {
  return IN_SOURCES.some(sign => sign.path.test(path));
}

/** The SDK in a path, with its version. */
export function inPath(path: string): readonly Dependency[] {
  return IN_PATHS.flatMap(({ pattern, ecosystem, name }) => {
    const [, artifact, version] = pattern.exec(path) ?? [];
    return artifact === undefined ? [] : [{ ecosystem, name: name(artifact), ...required(version), line: () => 1 }];
  });
}

function found(file: TextFile, signs: readonly Sign[]): readonly Dependency[] {
  const versions = new Map<string, Dependency>();
  for (const { ecosystem, name, pattern } of signs) {
    for (const { 1: version, index } of file.text.matchAll(pattern)) {
      const key = `${name} ${version}`;
      if (!versions.has(key)) { versions.set(key, { ecosystem, name, ...required(version), line: () => file.lineAt(index) }); }
    }
  }
  return [...versions.values()];
}
