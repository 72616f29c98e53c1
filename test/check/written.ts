import { mkdirSync, mkdtempSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import type { IPolicyValidationContext, PolicyValidationStack } from 'aws-cdk-lib';
import { App } from 'aws-cdk-lib';
import { SCRATCH } from '../harness/scratch-app';

/** What CDK hands to a plugin, and where the templates are. */
export type Context = IPolicyValidationContext & { readonly directory: string };

/** Templates that were written by hand, as CDK hands them to a plugin; only those that are named it names itself. No construct stands behind any. */
export function written(templates: { readonly [file: string]: unknown }, named = Object.keys(templates)): Context {
  return writtenAs(Object.fromEntries(Object.entries(templates).map(([file, template]) => [file, JSON.stringify(template)])), named);
}

/** The same with texts, which need not be JSON. */
export function writtenAs(texts: { readonly [file: string]: string }, named = Object.keys(texts)): Context {
  const directory = mkdtempSync(join(SCRATCH, 'written-'));
  for (const [file, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
  }
  return { ...contextOf(named.map(file => join(directory, file)), directory), directory };
}

/** What CDK hands to a plugin for files, whether they are there or not. */
export function contextOf(templatePaths: string[], outdir = SCRATCH): IPolicyValidationContext {
  const stackTemplates = templatePaths.map((templatePath): PolicyValidationStack => ({ stackConstructPath: '', templatePath, accountId: undefined, region: undefined }));
  return { appConstruct: new App({ outdir }), templatePaths, stackTemplates };
}
