/**
 * Bundles the script and the style sheet of the HTML report in `report-page/` into a module of the library: `npm run report:page`. It adds their
 * hashes, with which the page lets a browser run only this script and use only this style sheet.
 */
import { createHash } from 'crypto';
import { join } from 'path';
import { buildSync } from 'esbuild';
import { writeModule } from './generated-module';
import { REPOSITORY } from './scratch-copy';

const DIRECTORY = 'report-page';
const MODULE = 'src/report/html/page-code.generated.ts';

function main(): void {
  const script = bundle('script/index.ts');
  const styles = bundle('styles/index.css');
  writeModule(MODULE, DIRECTORY, 'scripts/bundle-report-page.ts', 'report:page', [
    { name: 'PAGE_SCRIPT', about: 'The script of the page, bundled and minified.', text: script },
    { name: 'PAGE_SCRIPT_HASH', about: 'The hash of the script, as a content security policy has it.', text: hashOf(script) },
    { name: 'PAGE_STYLES', about: 'The style sheet of the page, bundled and minified.', text: styles },
    { name: 'PAGE_STYLES_HASH', about: 'The hash of the style sheet, as a content security policy has it.', text: hashOf(styles) },
  ]);
  console.log(`${MODULE}: ${script.length} characters of script, ${styles.length} of styles`);
}

/** The code runs in current browsers without changes. It is not compiled for older ones. */
function bundle(entry: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(REPOSITORY, DIRECTORY, entry)],
    tsconfigRaw: { compilerOptions: { alwaysStrict: true } },
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: 'esnext',
    write: false,
    logLevel: 'error',
  });
  const text = outputFiles[0].text.trimEnd();
  if (/<\/(?:script|style)/i.test(text)) { throw new Error(`${entry} holds what ends its own element in a page`); }
  return text;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

main();
