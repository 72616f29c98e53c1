/**
 * Runs the apps of the given directories one after the other, like `node app.js` in each directory, until Node.js would end. The result is written
 * beside the app. With `CHECK_APPS_ENV`, every app is in that account and Region.
 */
import { writeFileSync } from 'fs';
import { createRequire } from 'module';
import { join } from 'path';
import type { Outcome } from './app-directory';
import { APP, OUTCOME } from './app-directory';
import { putAppsInEnvironment } from './environment';

function main(directories: readonly string[]): void {
  const environment = process.env.CHECK_APPS_ENV;
  if (environment) { putAppsInEnvironment(environment); }
  for (const directory of directories) {
    const app = join(directory, APP);
    process.chdir(directory);
    process.argv = [process.argv[0], app];
    writeFileSync(OUTCOME, JSON.stringify(outcomeOf(app)));
  }
}

/** Runs an app. If it does not call `synth()` itself, it is synthesized before Node.js exits. */
function outcomeOf(app: string): Outcome {
  try {
    createRequire(__filename)(app);
    process.emit('beforeExit', 0);
    return { exitCode: Number(process.exitCode ?? 0) };
  } catch (error) {
    return { exitCode: 1, error: error instanceof Error ? error.stack ?? error.message : String(error) };
  } finally {
    process.removeAllListeners('beforeExit');
    process.exitCode = 0;
  }
}

main(process.argv.slice(2));
