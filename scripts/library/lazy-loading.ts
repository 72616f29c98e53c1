/** The compiled form of `export { Name } from './file'`. It loads the file at once. */
const LOADED_FILE = /^var (\w+) = require\("(\.\/[^"]+)"\);$/;
const EXPORTED_NAME = /^Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true, get: function \(\) \{ return (\w+)\.\1; \} \}\);$/;

/** The compiled form of `import { Name } from './file'`. TypeScript writes `file_1.Name` for each use. */
const IMPORTED_FILE = /^const (\w+_\d+) = require\("(\.[^"]+)"\);$/gm;

/** Defines a name that is looked up once. */
const LAZILY = `\
function lazily(name, load) {
    Object.defineProperty(exports, name, {
        configurable: true,
        enumerable: true,
        get: () => {
            const value = load();
            Object.defineProperty(exports, name, { configurable: true, enumerable: true, value });
            return value;
        },
    });
}`;

/** Changes a file so that it loads its imports at their first use: a function replaces each constant. Some imports can stay as they are. */
export function importedLazily(code: string, isLazy: (file: string) => boolean = () => true): string {
  return [...code.matchAll(IMPORTED_FILE)].filter(([, , file]) => isLazy(file)).reduce((changed, [line, variable, file]) => {
    const uses = new RegExp(`(?<![\\w$])${variable}\\.(?=[A-Za-z_$])`, 'g');
    const load = `let ${variable} = () => { const loaded = require("${file}"); ${variable} = () => loaded; return loaded; };`;
    return changed.replace(uses, `(${variable}()).`).replace(line, () => load);
  }, code);
}

/** Changes the index to getters that load files. The line `exports.Name = void 0` stays, because Node.js finds the names for `import` in it. */
export function loadedLazily(index: string): string {
  const files = new Map<string, string>();
  const lines = index.split('\n').flatMap(line => {
    const [, variable, file] = LOADED_FILE.exec(line) ?? [];
    if (variable) {
      files.set(variable, file);
      return [];
    }
    const [, name, from] = EXPORTED_NAME.exec(line) ?? [];
    return name ? [`lazily("${name}", () => require("${files.get(from)!}").${name});`] : [line];
  });
  if (files.size === 0) { return index; }
  const first = lines.findIndex(line => line.startsWith('lazily('));
  return [...lines.slice(0, first), LAZILY, ...lines.slice(first)].join('\n');
}
