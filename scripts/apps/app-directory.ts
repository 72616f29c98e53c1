import { existsSync, readFileSync } from 'fs';
import { join } from 'path';

/** The file with the app. */
export const APP = 'app.js';

/** The file with the result of the run. */
export const OUTCOME = 'outcome.json';

/** The result of a run: the exit code of the process, and the error. */
export interface Outcome {
  readonly exitCode: number;
  readonly error?: string;
}

/** A directory with an app, and with the results of its run. */
export interface AppDirectory {
  /** The name of the example, or of the code block in the documentation. */
  readonly name: string;
  readonly path: string;
}

/** The result of an app's run. `undefined` if its process ended before. */
export function outcomeIn({ path }: AppDirectory): Outcome | undefined {
  return readIfThere<Outcome>(join(path, OUTCOME));
}

/** The contents of a JSON file. `undefined` if it does not exist. */
export function readIfThere<T>(file: string): T | undefined {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as T : undefined;
}
