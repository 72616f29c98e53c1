import { mkdirSync, mkdtempSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import type { IPolicyValidationContext, PolicyValidationStack } from 'aws-cdk-lib';
import { App } from 'aws-cdk-lib';
import { SCRATCH } from '../harness/scratch-app';

/** The context that CDK passes to a plugin, and the directory of the templates. */
export type Context = IPolicyValidationContext & { readonly directory: string };

/** Handwritten templates, as CDK passes them to a plugin. CDK names only the given ones. There are no constructs for them. */
export function written(templates: { readonly [file: string]: unknown }, named = Object.keys(templates)): Context {
  return writtenAs(Object.fromEntries(Object.entries(templates).map(([file, template]) => [file, JSON.stringify(template)])), named);
}

/** The same with texts, which can be invalid JSON. */
export function writtenAs(texts: { readonly [file: string]: string }, named = Object.keys(texts)): Context {
  const directory = mkdtempSync(join(SCRATCH, 'written-'));
  for (const [file, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
  }
  return { ...contextOf(named.map(file => join(directory, file)), directory), directory };
}

/** The context for files, whether they exist or not. */
export function contextOf(templatePaths: string[], outdir = SCRATCH): IPolicyValidationContext {
  const stackTemplates = templatePaths.map((templatePath): PolicyValidationStack => ({ stackConstructPath: '', templatePath, accountId: undefined, region: undefined }));
  return { appConstruct: new App({ outdir }), templatePaths, stackTemplates };
}
