import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Example } from '../../examples';
import { Imdsv2 } from '../../src';

/** An example with or without Imdsv2.enforce(), and the paths of all its templates. */
export function synthesize(example: Example, enforced = true): { readonly app: App; readonly templatePaths: readonly string[] } {
  const settings = { builtinCloudFormationValidation: false };
  const app = new App(settings);
  example.build(app);
  if (enforced) { Imdsv2.enforce(app); }
  return { app, templatePaths: templatesIn(app.synth().directory) };
}

/** A template as it is in the file. */
export function readTemplate(path: string): ReturnType<Template['toJSON']> {
  return JSON.parse(readFileSync(path, 'utf8')) as ReturnType<Template['toJSON']>;
}

function templatesIn(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap(entry => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) { return entry.name.startsWith('assembly-') ? templatesIn(path) : []; }
    return entry.name.endsWith('.template.json') ? [path] : [];
  });
}
