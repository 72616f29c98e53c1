import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import type { Example } from '../examples';
import { Imdsv2 } from '../src';
import { markOf } from '../src/launch/container-mark';
import type { TemplateFile } from '../src/launch/template-set';

/** What a synthesis gave: its templates, and what it warned of by construct path. */
export interface Synthesis {
  readonly templates: readonly TemplateFile[];
  readonly warnings: readonly { readonly path: string; readonly text: string }[];
}

/** Synthesizes an example, with or without the one line. */
export function synthesize(example: Example, enforced: boolean): Synthesis {
  const settings = { builtinCloudFormationValidation: false, context: { 'aws:cdk:enable-path-metadata': true } };
  const app = new App(settings);
  example.build(app);
  if (enforced) { Imdsv2.enforce(app); }
  const { directory } = app.synth();
  const constructs = new Map(app.node.findAll().map(construct => [construct.node.path, construct]));
  const markAt = (path: string) => constructs.has(path) ? markOf(constructs.get(path)!) : undefined;
  return { templates: readTemplates(directory).map(file => ({ ...file, markAt })), warnings: warningsOf(app) };
}

/** The templates of an assembly and of the stages in it. */
function readTemplates(directory: string, below = ''): TemplateFile[] {
  return readdirSync(join(directory, below), { withFileTypes: true }).flatMap(entry => {
    const file = join(below, entry.name);
    if (entry.isDirectory()) { return entry.name.startsWith('assembly-') ? readTemplates(directory, file) : []; }
    return entry.name.endsWith('.template.json') ? [{ file, template: JSON.parse(readFileSync(join(directory, file), 'utf8')) as unknown }] : [];
  });
}

/** The warnings of this library that an app holds after its synthesis. */
function warningsOf(app: App): Synthesis['warnings'] {
  return app.node.findAll().flatMap(construct => construct.node.metadata
    .filter(({ type, data }) => type === 'aws:cdk:warning' && String(data).includes('[ack: Imdsv2::'))
    .map(({ data }) => ({ path: construct.node.path, text: String(data) })));
}
