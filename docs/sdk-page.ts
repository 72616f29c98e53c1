import type { Sdk } from '../src/sdks/sdk';
import { code, table } from './markdown';

/** The page that says which versions of SDKs speak IMDSv2, and where they are found: `sdk-support.md`. */
export function sdkPage(sdks: readonly Sdk[]): string {
  const rows = sdks.map(({ name, packages, minimum, unclear, codeSince, source }) => [
    name,
    Object.entries(packages).flatMap(([ecosystem, names]) => names.map(each => code(`${ecosystem}:${each}`))).join(' '),
    `${minimumText(minimum, unclear !== undefined)}${unclear ? `; from ${unclear.from} on, ${code(unclear.decidedBy)} decides` : ''}${codeSince ? `; the code is in since ${codeSince.from}` : ''}`,
    `[source](${source})`,
  ]);
  return `${INTRODUCTION}\n\n${table(['SDK or tool', 'Packages', 'First version', 'By'], rows)}\n\n${SCAN}\n`;
}

function minimumText(minimum: string | undefined, isUnclear: boolean): string {
  switch (minimum) {
    case undefined: return isUnclear ? 'not told by it' : 'none';
    case '0': return 'all';
    default: return minimum;
  }
}

const INTRODUCTION = `<!-- Written by \`npm run docs\` out of src/sdks/sdk-table.ts. Change it there. -->
# SDKs that speak IMDSv2

An SDK of before these versions reads the metadata without a session token, and is refused as soon as IMDSv2 is required. Where pages of AWS have two figures, the higher one
stands here. A package that ends in \`*\` stands for all that begin so.`;

const SCAN = `## Where they are found

\`SdkSupport.check('boto3', '1.9.253')\` answers for one version. \`SdkSupport.scan(folder)\` finds them in files, and \`sdks\` of [a check](transition.md#find-sdks-that-are-too-old) does
for the assets of an app and for folders.

| Of | Files |
| --- | --- |
| Node.js | \`package-lock.json\`, \`npm-shrinkwrap.json\`, \`yarn.lock\`, \`pnpm-lock.yaml\`, \`bun.lock\`, \`package.json\` with overrides, also of installed packages, \`pnpm-workspace.yaml\`; SDKs of version 2 that were bundled into JavaScript |
| Python | \`requirements*.txt\` and what they name, constraints, \`poetry.lock\`, \`uv.lock\`, \`pdm.lock\`, \`pylock.toml\`, \`Pipfile.lock\`, \`Pipfile\`, \`pyproject.toml\`, \`setup.py\`, \`setup.cfg\`, \`environment.yml\`, \`conda-lock.yml\`, metadata of installed packages, \`__version__\` |
| Java, Kotlin | \`pom.xml\` with properties, parents in the folder and BOMs, \`gradle.lockfile\`, \`*.gradle\` with variables and files that they apply, \`*.versions.toml\`, \`build.sbt\`, \`project.clj\`, \`deps.edn\`, JARs by name and content, also of many in one |
| Go | programs, by the modules that \`go version -m\` lists; \`go.mod\` with replacements, \`go.work\`, \`vendor/modules.txt\`, \`Gopkg.lock\` |
| Ruby, PHP | \`Gemfile.lock\`, \`Gemfile\`, \`composer.lock\`, \`composer.json\`, \`installed.json\` |
| .NET, PowerShell | \`packages.lock.json\`, \`project.assets.json\`, \`*.deps.json\`, projects, \`Directory.Packages.props\`, \`packages.config\`, \`paket.lock\`, modules that scripts require or install, and their manifests |
| Rust, C++ | \`Cargo.lock\`, \`Cargo.toml\`, \`conan.lock\`, \`conanfile\`, \`vcpkg.json\` |
| Dockerfiles | what \`RUN\` installs by \`pip\`, \`conda\`, \`npm\`, \`gem\`, \`composer\`, \`go\`, \`dotnet\`, \`apt\`, \`apk\`, \`yum\` and their like; archives and images of the AWS CLI. \`ARG\` and \`ENV\` are put in, for images of the app with the \`buildArgs\` of the construct; else an \`ARG\` counts by its default |
| all | bills of materials: CycloneDX in JSON and XML, SPDX 2 and 3 in JSON, by package URLs or else by names; archives (\`.zip\`, \`.jar\`, \`.war\`, \`.whl\`, \`.nupkg\`), three deep |

- What other packages bring in counts as well.
- A range is *too old* where no version of it would do, and fine where each one would. Else it is *unknown*, with the reason, unless a lock file, constraints, requirements that a tool wrote or the installed package say it, in its folder or in one above it.
- Where the package that decides stands in the same folder, or in one above it, those that do not are left out.
- What a lock file, a project or a bill of materials says is for development (\`dev: true\`, \`packages-dev\`, groups \`dev\` and \`test\`, the scope \`test\`) is listed, and is no finding.
- What is commented out is nothing, and so is a package of the project itself, whatever it is called.
- What a pom manages is told where something asks for it. By itself it is *unknown*, since other packages may bring it in.
- A version before its release (\`1.11.678-SNAPSHOT\`) is older than the release.
- What an installed package says more than once is told once. Folders that CDK writes are left out of folders of sources.
- Nothing is run, no link is followed, and nothing is asked of a network. A file that cannot be read is listed, one that a file of requirements names and that is elsewhere as well, and so is an archive of another kind (\`.tar\`, \`.gem\`).
- An AWS CLI of version 2 without a version, as \`awscli-exe-linux-x86_64.zip\` or the image \`amazon/aws-cli\`, is left out: every one of these speaks IMDSv2.
- \`go.sum\` is not read: it has versions that nobody builds. A \`go.mod\` of before Go 1.17 does not name what other modules bring in.
- Not found: what a base image has already, what a script installs that a Dockerfile copies, images that were saved as \`.tar\`, SDKs in compiled programs of other languages than Go and Java, in programs
  of Go that were packed or built without modules, and SDKs that were copied without their names and versions.`;
