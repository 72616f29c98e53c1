/**
 * Bundles the Lambda functions in `handlers/` into modules of the library, as text for templates: `npm run handlers`. The bundles do not contain the
 * AWS SDK, which is part of Lambda's runtimes for Node.js.
 */
import { join } from 'path';
import { buildSync } from 'esbuild';
import { writeModule } from './generated-module';
import { REPOSITORY } from './scratch-copy';

/** The most characters of a function. A short template is easier to read, and a template in a stack set can have only 51,200 bytes. */
const MOST_CHARACTERS = 10_240;

interface Handler {
  readonly directory: string;
  readonly name: string;
  readonly module: string;
  readonly mostCharacters?: number;
}

const HANDLERS: readonly Handler[] = [
  {
    directory: 'handlers/account-defaults',
    name: 'ACCOUNT_DEFAULTS_HANDLER',
    module: 'src/org/account-defaults/handler-code.generated.ts',
    mostCharacters: 24_576, // it remembers changes, resets them and detects drift; a stack set can have 51,200 bytes
  },
  { directory: 'handlers/guard-rules', name: 'GUARD_RULES_HANDLER', module: 'src/org/guard-hook/handler-code.generated.ts' },
  {
    directory: 'handlers/registered-image',
    name: 'REGISTERED_IMAGE_HANDLER',
    module: 'src/ami/registered-image/handler-code.generated.ts',
    mostCharacters: 1.5 * MOST_CHARACTERS, // it compares images, cleans up, and handles rollbacks
  },
  { directory: 'handlers/image-imds-support', name: 'IMAGE_IMDS_SUPPORT_HANDLER', module: 'src/ami/image-imds-support/handler-code.generated.ts' },
  {
    directory: 'handlers/imdsv1-usage',
    name: 'IMDSV1_USAGE_HANDLER',
    module: 'src/transition/handler-code.generated.ts',
    mostCharacters: 28_672, // it reads four services, keeps a memory, and judges launchers; a stack set can have 51,200 bytes
  },
  { directory: 'handlers/imdsv1-record', name: 'IMDSV1_RECORD_HANDLER', module: 'src/transition/repair/handler-code.generated.ts' },
  { directory: 'handlers/image-builder-imds-support', name: 'IMAGE_BUILDER_HANDLER', module: 'src/ami/image-builder/handler-code.generated.ts' },
];

function main(): void {
  for (const { directory, name, module, mostCharacters = MOST_CHARACTERS } of HANDLERS) {
    const code = bundle(join(REPOSITORY, directory));
    check(directory, code, mostCharacters);
    const about = `The code of the Lambda function in ${directory}/, bundled and minified.`;
    writeModule(module, directory, 'scripts/bundle-handlers.ts', 'handlers', [{ name, about, text: code }]);
    console.log(`${module}: ${code.length} of ${mostCharacters} characters`);
  }
}

/** The entry is not an ES module, which would add helpers for its exports. */
function bundle(directory: string): string {
  const { outputFiles } = buildSync({
    stdin: { contents: 'import { handler } from "./index"; exports.handler = handler;', resolveDir: directory, loader: 'ts' },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['@aws-sdk/*'],
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0].text.trimEnd();
}

function check(directory: string, code: string, most: number): void {
  if (code.length > most) { throw new Error(`${directory} comes to ${code.length} characters, of which a template should take ${most}`); }
  if (/[^\n -~]/.test(code)) { throw new Error(`${directory} holds characters that are not ASCII`); }
}

main();
