/**
 * Makes the compiled library fast to install and to load.
 *
 * - The index loads a file only when one of its names is used, like the index of aws-cdk-lib. An app that uses one class does not load the others.
 * - A file loads another file of the library when it first uses it, like files of aws-cdk-lib. Enforcement needs no part of a check before CDK
 *   validates.
 * - The files that enforcement loads are bundled and minified, because Node.js reads all of them in every app with `Imdsv2.enforce()`.
 * - Comments and source maps are removed. jsii writes the maps with the sources into every file. They would be most of the package, and Node.js would
 *   read them with each file. The declaration files keep the comments.
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

/** Whether a file contains code that was bundled and minified before, with its licences. */
function isMinified(file: string): boolean {
  return file.endsWith('.generated');
}

function withoutComments(code: string): string {
  return transformSync(code, { legalComments: 'inline' }).code;
}

main();
