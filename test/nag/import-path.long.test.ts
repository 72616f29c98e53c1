import { execFileSync } from 'child_process';
import { readFileSync } from 'fs';
import { join } from 'path';

const ROOT = join(__dirname, '..', '..');

/** The modules that a process has loaded after it imported a file of the sources. */
function loadedBy(source: string): readonly string[] {
  const script = `
    const ts = require('typescript');
    require.extensions['.ts'] = (module, file) => module._compile(
      ts.transpileModule(require('fs').readFileSync(file, 'utf8'), { compilerOptions: { module: 'commonjs', target: 'es2022' } }).outputText, file);
    require(${JSON.stringify(join(ROOT, source))});
    console.log(Object.keys(require.cache).filter(file => /cdk-nag|src.nag/.test(file)).join('\\n'));
  `;
  return execFileSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' }).split('\n').filter(line => line !== '');
}

test('an import of the library does not load cdk-nag', () => {
  expect(loadedBy('src/index.ts')).toEqual([]);
});

test('an import of the pack loads it', () => {
  expect(loadedBy('src/nag/index.ts').some(file => file.includes('node_modules/cdk-nag/'))).toBe(true);
});

test('the pack has its own path in the package', () => {
  const { exports: entries } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly exports: { readonly [path: string]: string } };
  expect(entries['./lib/nag']).toBe('./lib/nag/index.js');
});
