import { existsSync, readFileSync } from 'fs';
import { join } from 'path';

/** The file that is run. */
export const APP = 'app.js';

/** The file that says how the run went. */
export const OUTCOME = 'outcome.json';

/** How a run went: the exit code of a process, and what was thrown. */
export interface Outcome {
  readonly exitCode: number;
  readonly error?: string;
}

/** A directory with an app, and with what came of it once it was run. */
export interface AppDirectory {
  /** The example, or the block of the documentation. */
  readonly name: string;
  readonly path: string;
}

/** How the app of a directory went; nothing where the process ended before. */
export function outcomeIn({ path }: AppDirectory): Outcome | undefined {
  return readIfThere<Outcome>(join(path, OUTCOME));
}

/** A JSON file, or nothing where there is none. */
export function readIfThere<T>(file: string): T | undefined {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as T : undefined;
}
