import { posix } from 'path';
import { transformSync } from 'esbuild';
import { codeOf, writeCode } from './compiled-files';
import { importedLazily } from './lazy-loading';

/** The file that contains the others. */
const BUNDLE = 'bundle';

/** Loads a file of the bundle once, as `require` does. It also resolves each package only once, which Node.js would do each time. */
const LOAD = `\
"use strict";
const { join } = require("path");
const packages = new Map();
function ofPackage(name) {
  let exports = packages.get(name);
  if (!exports) { packages.set(name, exports = require(name)); }
  return exports;
}
const loaded = new Map();
function load(file) {
  let exports = loaded.get(file);
  if (!exports) {
    loaded.set(file, exports = {});
    files[file](exports, join(__dirname, file, ".."));
  }
  return exports;
}
module.exports = load;
`;

const RELATIVE_IMPORT = /\brequire\("(\.[^"]+)"\)/g;
const PACKAGE_IMPORT = /\brequire\(("[^".][^"]*")\)/g;
const EXPORTED_NAME = /^exports\.(\w+) = /gm;

/**
 * Bundles files into one, because finding, opening and reading a file takes longer than running it. The original files stay, and re-export the
 * bundle. All bundled files will run, so each loads its imports at once. The parentheses around each function make V8 compile it at once.
 *
 * @param compiled the compiled code of every file
 */
export function bundle(files: readonly string[], compiled: ReadonlyMap<string, string>): void {
  const functions = files.map(file => `${JSON.stringify(file)}: (function (exports, __dirname) {\n${inBundle(file, compiled.get(file)!, new Set(files))}}),\n`);
  writeCode(BUNDLE, transformSync(`${LOAD}const files = {\n${functions.join('')}};\n`, { legalComments: 'inline', minify: true }).code);
  for (const file of files) { writeCode(file, handedOn(file, codeOf(file))); }
}

/** Whether a file re-exports the bundle. */
export function isBundled(file: string): boolean {
  return codeOf(file).includes(`require("./${BUNDLE}")(`);
}

/** The code of a file, with its imports changed for the bundle. */
function inBundle(file: string, code: string, bundled: ReadonlySet<string>): string {
  const targetOf = (imported: string) => posix.join(file, '..', imported);
  const found = (imported: string) => [targetOf(imported), `${targetOf(imported)}/index`].find(name => bundled.has(name));
  return importedLazily(code, imported => found(imported) === undefined)
    .replace(RELATIVE_IMPORT, (_, imported: string) => found(imported) ? `load(${JSON.stringify(found(imported))})` : `require("./${targetOf(imported)}")`)
    .replace(PACKAGE_IMPORT, 'ofPackage($1)');
}

/** A file that re-exports the bundle. Node.js finds the names for \`import\` in a part that never runs. */
function handedOn(file: string, code: string): string {
  const names = [...new Set([...code.matchAll(EXPORTED_NAME)].map(([, name]) => name))];
  const path = posix.relative(posix.dirname(file), BUNDLE);
  return [
    '"use strict";',
    `module.exports = require("${path.startsWith('.') ? path : `./${path}`}")(${JSON.stringify(file)});`,
    `0 && (module.exports = { ${names.join(', ')} });`,
    '',
  ].join('\n');
}
