import type { Sdk } from '../src/sdks/sdk';
import { code, table } from './markdown';

/** The page that says which versions of SDKs speak IMDSv2, and where they are found: `sdk-support.md`. */
export function sdkPage(sdks: readonly Sdk[]): string {
  const rows = sdks.map(({ name, packages, minimum, unclear, codeSince, source }) => [
    name,
    Object.entries(packages).flatMap(([ecosystem, names]) => names.map(each => code(`${ecosystem}:${each}`))).join(' '),
    `${minimumText(minimum, unclear !== undefined)}${unclear ? `; from ${unclear.oldBefore ?? unclear.from} on, depends on ${code(unclear.decidedBy)}` : ''}${codeSince ? `; its code contains IMDSv2 since ${codeSince.from}` : ''}`,
    `[source](${source})`,
  ]);
  return `${INTRODUCTION}\n\n${table(['SDK or tool', 'Packages', 'First version', 'Source'], rows)}\n\n${SCAN}\n`;
}

function minimumText(minimum: string | undefined, isUnclear: boolean): string {
  switch (minimum) {
    case undefined: return isUnclear ? 'depends on another package' : 'none';
    case '0': return 'all';
    default: return minimum;
  }
}

const INTRODUCTION = `<!-- Written by \`npm run docs\` out of src/sdks/sdk-table.ts. Change it there. -->
# SDKs that support IMDSv2

An SDK that is older than the version in this table reads metadata without a session token, and is refused when IMDSv2 is required. If AWS documents two versions, the table has the
higher one. A package name that ends in \`*\` stands for all packages that begin with it.`;

const SCAN = `## Where the library looks for SDKs

\`SdkSupport.check('boto3', '1.9.253')\` checks one version. \`SdkSupport.scan(folder)\` finds SDKs in files. With \`sdks\`, [a check](transition.md#find-sdks-that-are-too-old) finds
them in the assets of the app and in folders.

| Language or tool | Files |
| --- | --- |
| Node.js | \`package-lock.json\`, \`npm-shrinkwrap.json\`, \`yarn.lock\`, \`pnpm-lock.yaml\`, \`bun.lock\`, \`package.json\` with overrides, also of installed packages, \`pnpm-workspace.yaml\`; SDKs of version 2 in bundled JavaScript |
| Python | \`requirements*.txt\` and the files that they refer to, constraints, \`poetry.lock\`, \`uv.lock\`, \`pdm.lock\`, \`pylock.toml\`, \`Pipfile.lock\`, \`Pipfile\`, \`pyproject.toml\`, \`setup.py\`, \`setup.cfg\`, \`environment.yml\`, \`conda-lock.yml\`, metadata of installed packages, \`__version__\` |
| Java, Kotlin | \`pom.xml\` with properties, parents in the folder and BOMs, \`gradle.lockfile\`, \`*.gradle\` with variables and files that they apply, \`*.versions.toml\`, \`build.sbt\`, \`project.clj\`, \`deps.edn\`, JARs by name and content, also JARs in JARs |
| Go | compiled programs, with the modules that \`go version -m\` lists; \`go.mod\` with replacements, \`go.work\`, \`vendor/modules.txt\`, \`Gopkg.lock\` |
| Ruby, PHP | \`Gemfile.lock\`, \`Gemfile\`, \`*.gemspec\`, \`composer.lock\`, \`composer.json\`, \`installed.json\` |
| .NET, PowerShell | \`packages.lock.json\`, \`project.assets.json\`, \`*.deps.json\`, single-file programs, projects and their references, \`Directory.Packages.props\`, \`packages.config\`, \`paket.lock\`, modules that scripts require or install, and their manifests |
| Rust, C++ | compiled programs with Rusoto, \`Cargo.lock\`, \`Cargo.toml\`, \`conan.lock\`, \`conanfile\`, \`vcpkg.json\` |
| Dockerfiles | what \`RUN\` installs by \`pip\`, \`conda\`, \`npm\`, \`gem\`, \`composer\`, \`go\`, \`dotnet\`, \`apt\`, \`apk\`, \`yum\` and similar tools; archives and images of the AWS CLI. The scan resolves \`ARG\` and \`ENV\`. For images of the app, it uses the \`buildArgs\` of the construct, otherwise the default of the \`ARG\`; with a \`target\`, it reads only the stages that this is built from |
| all | bills of materials: CycloneDX in JSON and XML, SPDX 2 as JSON and as tags, SPDX 3 as JSON, Syft's own JSON, by package URL or by name; archives (\`.zip\`, \`.jar\`, \`.war\`, \`.whl\`, \`.nupkg\`), also in each other, up to three levels |

- Dependencies of other packages count, too.
- A version range is *too old* if no version in it supports IMDSv2, and supported if every version does. Otherwise it is *unknown*, with the reason, unless a lock file, constraints, generated requirements or the installed package in the same folder or in one above it have the version.
- If a project asks for one exact version, and the lock file in the same folder has another one, only the lock file counts. Lists of requirements and Dockerfiles always count.
- If another package decides, and that package is in the same folder or in one above it, the scan lists only that package. Gradle modules without a version get it from the BOM of their group.
- .NET service packages before 3.3.100 are older than March 2019, and NuGet installs the lowest \`AWSSDK.Core\` that they accept. They are *too old* unless the project references a newer \`AWSSDK.Core\`.
- If a lock file, a project or a bill of materials says that a package is for development (\`dev: true\`, \`packages-dev\`, groups \`dev\` and \`test\`, the scope \`test\`), the scan lists it, but a check does not warn of it.
- \`pnpm-lock.yaml\` since version 9, \`bun.lock\`, \`yarn.lock\`, \`uv.lock\` and \`Gemfile.lock\` do not mark each package. There, a package is for development if only \`devDependencies\` or groups with such names lead to it. For \`yarn.lock\` and \`Gemfile.lock\`, the scan reads this from \`package.json\` and \`Gemfile\` in the same folder. If one of these files, or a package that it names, is missing, or if a project uses workspaces of Yarn 1, every package counts as shipped.
- The scan ignores comments, and the packages of the project itself, whatever their names.
- If a pom only manages a version, the scan lists it when something depends on it. Otherwise it is *unknown*, because other packages may depend on it.
- The SDK for JavaScript v2 supports IMDSv2 for credentials. Calls of \`new AWS.MetadataService().request()\` [send no token](https://github.com/aws/aws-sdk-js/issues/3584), and the scan does not find them.
- A pre-release version (\`1.11.678-SNAPSHOT\`) is older than the release.
- If an installed package names its version in several places, the scan lists it once. In folders with source code, the scan skips folders that CDK writes.
- The scan runs no code, follows no links, and uses no network. It lists files that it cannot read, files outside the folder that a requirements file refers to, and archives of other kinds (\`.tar\`, \`.gem\`).
- The scan does not list version 2 of the AWS CLI without an exact version, such as \`awscli-exe-linux-x86_64.zip\` or the image \`amazon/aws-cli\`, because every version 2 supports IMDSv2.
- The scan does not read \`go.sum\`, because it contains versions that are not built. A \`go.mod\` from before Go 1.17 does not name indirect dependencies.
- The scan does not find: software in a base image, software that a script installs which a Dockerfile copies, images saved as \`.tar\`, SDKs in compiled programs of languages other than Go, Java, .NET in a single file and Rust,
  in Go programs that were packed or built without modules, and SDKs that were copied without their names and versions.`;
