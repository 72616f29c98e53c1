import type { Dependency } from './dependency';
import { condaEnvironment, condaLock } from './formats/conda';
import { dockerfile } from './formats/dockerfile';
import { goDepLock, goModule, goVendored } from './formats/go';
import { gradleBuild, gradleCatalog, gradleLock, scalaBuild } from './formats/gradle';
import { mavenPom, mavenProperties } from './formats/maven';
import { cargoLock, cargoManifest, conanFile, vcpkgManifest } from './formats/native';
import { bunBinaryLock, bunLock, pnpmLock, yarnLock } from './formats/node-locks';
import { npmLock, npmManifest } from './formats/npm';
import { nugetAssets, nugetLock, nugetPackage, nugetProject } from './formats/nuget';
import { composerLock, composerManifest } from './formats/php';
import { pnpmWorkspace } from './formats/pnpm-workspace';
import { powershellModules } from './formats/powershell';
import { pipfileLock, pythonLock, pythonManifest, pythonMetadata } from './formats/python';
import { pythonSetup, pythonSetupConfig } from './formats/python-setup';
import { NAMES_FILES, REQUIREMENTS_FILE, WRITTEN_BY_TOOL, requirementsText } from './formats/requirements';
import { gemFile, gemLock, paketLock } from './formats/ruby';
import { perhapsSbom, sbomJson, sbomXml, spdxFile } from './formats/sbom';
import { inJavaScript, inSources, isVersionSource } from './formats/source-strings';
import type { TextFile } from './text-file';

/** What the packages in a file mean. */
export type FileKind =
  /** The chosen versions. They count, whatever other files leave open. */
  | 'lock'
  /** The requested versions. A range is resolved by the lock file. */
  | 'manifest'
  /** The contents of a program. */
  | 'content'
  /** A file that belongs to an SDK itself. */
  | 'part';

/** A file format, which is recognized by file names. */
export interface FileFormat {
  readonly kind: FileKind;
  /** The contents of a file that names no SDK itself, but names other files that can. */
  readonly leadsOn?: RegExp;
  /** The contents of a file with chosen versions, if other files of the same format have requested versions. */
  readonly chosenBy?: RegExp;
  readonly read: (file: TextFile) => readonly Dependency[];
}

const BY_NAME: { readonly [name: string]: FileFormat } = {
  'package-lock.json': { kind: 'lock', read: npmLock },
  'npm-shrinkwrap.json': { kind: 'lock', read: npmLock },
  'package.json': { kind: 'manifest', read: npmManifest },
  'yarn.lock': { kind: 'lock', read: yarnLock },
  'pnpm-lock.yaml': { kind: 'lock', read: pnpmLock },
  'shrinkwrap.yaml': { kind: 'lock', read: pnpmLock },
  'bun.lock': { kind: 'lock', read: bunLock },
  'bun.lockb': { kind: 'lock', read: bunBinaryLock },
  'pnpm-workspace.yaml': { kind: 'manifest', read: pnpmWorkspace },
  'poetry.lock': { kind: 'lock', read: pythonLock },
  'uv.lock': { kind: 'lock', read: pythonLock },
  'pdm.lock': { kind: 'lock', read: pythonLock },
  'pylock.toml': { kind: 'lock', read: pythonLock },
  'Pipfile.lock': { kind: 'lock', read: pipfileLock },
  'Pipfile': { kind: 'manifest', read: pythonManifest },
  'pyproject.toml': { kind: 'manifest', read: pythonManifest },
  'setup.py': { kind: 'manifest', read: pythonSetup },
  'setup.cfg': { kind: 'manifest', read: pythonSetupConfig },
  'environment.yml': { kind: 'manifest', read: condaEnvironment },
  'environment.yaml': { kind: 'manifest', read: condaEnvironment },
  'METADATA': { kind: 'content', read: pythonMetadata },
  'PKG-INFO': { kind: 'content', read: pythonMetadata },
  'go.mod': { kind: 'lock', read: goModule },
  'go.work': { kind: 'lock', read: goModule },
  'Gopkg.lock': { kind: 'lock', read: goDepLock },
  'pom.xml': { kind: 'manifest', read: mavenPom },
  'pom.properties': { kind: 'part', read: mavenProperties },
  'gradle.lockfile': { kind: 'lock', read: gradleLock },
  'buildscript-gradle.lockfile': { kind: 'lock', read: gradleLock },
  'build.sbt': { kind: 'manifest', read: scalaBuild },
  'project.clj': { kind: 'manifest', read: scalaBuild },
  'deps.edn': { kind: 'manifest', read: scalaBuild },
  'Gemfile.lock': { kind: 'lock', read: gemLock },
  'gems.locked': { kind: 'lock', read: gemLock },
  'Gemfile': { kind: 'manifest', read: gemFile },
  'gems.rb': { kind: 'manifest', read: gemFile },
  'composer.lock': { kind: 'lock', read: composerLock },
  'composer.json': { kind: 'manifest', read: composerManifest },
  'packages.lock.json': { kind: 'lock', read: nugetLock },
  'paket.lock': { kind: 'lock', read: paketLock },
  'project.assets.json': { kind: 'lock', read: nugetAssets },
  'packages.config': { kind: 'lock', read: nugetProject },
  'Cargo.lock': { kind: 'lock', read: cargoLock },
  'Cargo.toml': { kind: 'manifest', read: cargoManifest },
  'conan.lock': { kind: 'lock', read: conanFile },
  'conanfile.txt': { kind: 'manifest', read: conanFile },
  'conanfile.py': { kind: 'manifest', read: conanFile },
  'vcpkg.json': { kind: 'manifest', read: vcpkgManifest },
};

/** Dockerfiles with any name. */
export const DOCKERFILE: FileFormat = { kind: 'content', read: dockerfile };

const BY_PATH: readonly { readonly path: RegExp; readonly format: FileFormat }[] = [
  { path: /(?:^|[/_-])constraints[^/]{0,99}\.txt$/i, format: { kind: 'lock', read: requirementsText } },
  { path: REQUIREMENTS_FILE, format: { kind: 'manifest', leadsOn: NAMES_FILES, chosenBy: WRITTEN_BY_TOOL, read: requirementsText } },
  { path: /(?:^|[/-])requirements[^/]{0,99}\.lock$/i, format: { kind: 'lock', read: requirementsText } },
  { path: /(?:^|\/)(?:[^/]{0,99}\.)?conda-lock\.ya?ml$/, format: { kind: 'lock', read: condaLock } },
  { path: /\.lockfile$/, format: { kind: 'lock', read: gradleLock } },
  { path: /\.gradle(?:\.kts)?$/, format: { kind: 'manifest', read: gradleBuild } },
  { path: /\.versions\.toml$/, format: { kind: 'manifest', read: gradleCatalog } },
  { path: /(?:^|\/)vendor\/modules\.txt$/, format: { kind: 'lock', read: goVendored } },
  { path: /(?:^|\/)pylock\.[^/]+\.toml$/, format: { kind: 'lock', read: pythonLock } },
  { path: /(?:^|\/)composer\/installed\.json$/, format: { kind: 'content', read: composerLock } },
  { path: /\.deps\.json$/i, format: { kind: 'content', read: nugetAssets } },
  { path: /\.(?:cs|fs|vb)proj$|\.(?:props|targets)$/i, format: { kind: 'manifest', read: nugetProject } },
  { path: /(?:^|\/)packages\.[^/]+\.lock\.json$/i, format: { kind: 'lock', read: nugetLock } },
  { path: /\.nuspec$/i, format: { kind: 'content', read: nugetPackage } },
  { path: /\.gemspec$/, format: { kind: 'manifest', read: gemFile } },
  { path: /(?:bom|spdx|cdx|cyclonedx|syft)[^/]{0,99}\.json$/i, format: { kind: 'lock', read: sbomJson } },
  { path: /\.spdx$/i, format: { kind: 'lock', read: spdxFile } },
  { path: /(?:bom|cdx|cyclonedx)[^/]{0,99}\.xml$/i, format: { kind: 'lock', read: sbomXml } },
  { path: /\.json$/i, format: { kind: 'content', read: perhapsSbom } },
  { path: /(?:^|\/)project\/[^/]*\.scala$/, format: { kind: 'manifest', read: scalaBuild } },
  { path: /(?:^|\/)(?:docker|container)file(?:[._-][^/]*)?$|\.(?:docker|container)file$/i, format: DOCKERFILE },
  { path: /\.(?:ps1|psd1|psm1)$/i, format: { kind: 'manifest', read: powershellModules } },
];

/** The dependencies that a library was built with, tests included. They are not part of the library. */
const BUILT_WITH = /(?:^|\/)META-INF\/maven\/[^/]{1,200}\/[^/]{1,200}\/pom\.xml$/;
const SOURCES: FileFormat = { kind: 'part', read: inSources };
const INSTALLED: FileFormat = { kind: 'content', read: npmManifest };
const JAVASCRIPT: FileFormat = { kind: 'content', read: inJavaScript };

/** The format of a file by its path. `undefined` for a file without packages. */
export function formatOf(path: string): FileFormat | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === 'package.json' && path.includes('node_modules/')) { return INSTALLED; }
  if (BUILT_WITH.test(path)) { return undefined; }
  if (Object.hasOwn(BY_NAME, name)) { return BY_NAME[name]; }
  const other = BY_PATH.find(each => each.path.test(path));
  if (other) { return other.format; }
  return isVersionSource(path) ? SOURCES : /\.[cm]?js$/.test(name) ? JAVASCRIPT : undefined;
}
