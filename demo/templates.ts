import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import type { Example } from '../examples';
import { Imdsv2 } from '../src';

/** A resource as it stands in a synthesized template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: { readonly [name: string]: unknown };
  readonly Metadata?: { readonly [name: string]: unknown };
}

/** A synthesized template, of a stack or of a nested stack. */
export interface Template {
  readonly Parameters?: { readonly [logicalId: string]: { readonly AllowedValues?: unknown[]; readonly Default?: unknown } };
  readonly Resources: { readonly [logicalId: string]: TemplateResource };
}

/** What a synthesis gave: its templates by file name, and what it warned of by construct path. */
export interface Synthesis {
  readonly templates: ReadonlyMap<string, Template>;
  readonly warnings: readonly { readonly path: string; readonly text: string }[];
}

/** Synthesizes an example, with or without the one line. */
export function synthesize(example: Example, enforced: boolean): Synthesis {
  const settings = { builtinCloudFormationValidation: false, context: { 'aws:cdk:enable-path-metadata': true } };
  const app = new App(settings);
  example.build(app);
  if (enforced) { Imdsv2.enforce(app); }
  const { directory } = app.synth();
  return { templates: readTemplates(directory), warnings: warningsOf(app) };
}

/** The templates of an assembly and of the stages in it. */
function readTemplates(directory: string): Map<string, Template> {
  const entries = readdirSync(directory, { withFileTypes: true });
  const own = entries.filter(entry => entry.name.endsWith('.template.json')).map(({ name }): [string, Template] =>
    [name, JSON.parse(readFileSync(join(directory, name), 'utf8')) as Template]);
  const stages = entries.filter(entry => entry.isDirectory() && entry.name.startsWith('assembly-'));
  return new Map([...own, ...stages.flatMap(({ name }) => [...readTemplates(join(directory, name))])]);
}

/** The warnings of this library that an app holds after its synthesis. */
function warningsOf(app: App): Synthesis['warnings'] {
  return app.node.findAll().flatMap(construct => construct.node.metadata
    .filter(({ type, data }) => type === 'aws:cdk:warning' && String(data).includes('[ack: Imdsv2::'))
    .map(({ data }) => ({ path: construct.node.path, text: String(data) })));
}
