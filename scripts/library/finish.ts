/**
 * Makes the compiled library cheap to install and to load.
 *
 * - The index loads a file when one of its names is used, and not before: what aws-cdk-lib does with its own index. An app that uses one class does
 *   not pay for all the others.
 * - A file loads another one of the library when it first uses it, as aws-cdk-lib's do: enforcement needs nothing of a check before CDK validates.
 * - What enforcement loads lies in one file, with short names and no spaces: Node.js reads all of it in every app with the one line.
 * - Comments and source maps go. jsii writes the maps into every file, sources and all: they are most of the package, and Node.js reads them with
 *   each file. The comments stand in the declarations.
 */
import { transformSync } from 'esbuild';
import { bundle, isBundled } from './bundle';
import { codeOf, compiledFiles, writeCode } from './compiled-files';
import { filesOfEnforcement } from './files-of-enforcement';
import { importedLazily, loadedLazily } from './lazy-loading';

const SOURCE_MAP = /\n\/\/# sourceMappingURL=data:\S+\s*$/;

function main(): void {
  if (isBundled('imdsv2')) { return; } // finished already: jsii has not compiled since
  const compiled = new Map(compiledFiles().map(file => [file, codeOf(file).replace(SOURCE_MAP, '\n')]));
  for (const [file, code] of compiled) {
    writeCode(file, isMinified(file) ? code : withoutComments(file === 'index' ? loadedLazily(code) : importedLazily(code)));
  }
  bundle(filesOfEnforcement(), compiled);
}

/** Whether a file holds code that was bundled and minified before, with the licences of what is in it. */
function isMinified(file: string): boolean {
  return file.endsWith('.generated');
}

function withoutComments(code: string): string {
  return transformSync(code, { legalComments: 'inline' }).code;
}

main();
