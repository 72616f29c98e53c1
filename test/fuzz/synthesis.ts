import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { switchOffValidation } from '../harness/no-validation';
import type { Template } from './oracle/json';

interface Files {
  readonly [name: string]: string;
}

/** All templates of an app by file name, with nested stacks and stages, and the messages, with and without places. Or the error. */
export type Synthesized =
  | { readonly files: Files; readonly messages: readonly string[]; readonly texts: readonly string[]; readonly error?: undefined }
  | { readonly files?: undefined; readonly messages?: undefined; readonly texts?: undefined; readonly error: Error };

/** Builds and synthesizes an app. */
export function synthesized(build: (app: App) => void, context: { [key: string]: unknown } = {}): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), 'fuzz-'));
  try {
    const props = { outdir, context, builtinCloudFormationValidation: false, analyticsReporting: false, treeMetadata: false };
    const app = new App(props);
    switchOffValidation(app);
    build(app);
    const { stacksRecursively } = app.synth();
    const all = stacksRecursively.flatMap(stack => stack.messages.map(({ id, entry }) => ({ id, text: String(entry.data) })));
    return { files: templatesIn(outdir), messages: all.map(({ id, text }) => `${id} ${text}`), texts: all.map(({ text }) => text) };
  } catch (error) {
    return { error: error as Error };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The parsed templates. */
export function templatesOf(synthesis: Synthesized): Template[] {
  return Object.values(filesOf(synthesis)).map(text => JSON.parse(text) as Template);
}

/** The files, which every law needs. */
export function filesOf(synthesis: Synthesized): { readonly [name: string]: string } {
  if (synthesis.error) { throw synthesis.error; }
  return synthesis.files;
}

/** Names of assets contain a hash of their content, which changes with the template in them. */
function templatesIn(directory: string): { [name: string]: string } {
  const found = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('template.json')).sort();
  return Object.fromEntries(found.map(name => [name, readFileSync(join(directory, name), 'utf8').replace(/[0-9a-f]{64}/g, 'HASH')]));
}
