import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import { App, CfnResource } from 'aws-cdk-lib';
import type { Example } from '../examples';
import { Imdsv2 } from '../src';
import { markOf } from '../src/launch/container-mark';
import type { TemplateFile } from '../src/launch/template-file';
import { Exemptions, todayOf } from '../src/policy/exemptions';
import { resourceTypeOf } from '../src/resources/resource-types';

/** What a synthesis gave: its templates, and what it warned of by construct path. */
export interface Synthesis {
  readonly templates: readonly TemplateFile[];
  readonly warnings: readonly Note[];
  /** What was exempted, and why. */
  readonly exempt: readonly Note[];
}

/** Something about a construct. */
export interface Note {
  readonly path: string;
  readonly text: string;
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
  return { templates: readTemplates(directory).map(file => ({ ...file, markAt })), warnings: warningsOf(app), exempt: exemptIn(app) };
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
function warningsOf(app: App): readonly Note[] {
  return app.node.findAll().flatMap(construct => construct.node.metadata
    .filter(({ type, data }) => type === 'aws:cdk:warning' && String(data).includes('[ack: Imdsv2::'))
    .map(({ data }) => ({ path: construct.node.path, text: String(data) })));
}

/** What does not require tokens, because it is exempt. */
function exemptIn(app: App): readonly Note[] {
  const exemptions = new Exemptions(todayOf(undefined));
  const launchers = app.node.findAll().filter(construct => CfnResource.isCfnResource(construct) && resourceTypeOf(construct.cfnResourceType));
  return launchers.flatMap(construct => {
    const waiver = exemptions.covering(construct, 'Imdsv2::TokensRequired');
    if (!waiver) { return []; }
    const { reason, owner, ticket, expires } = waiver;
    const details = [reason, owner && `owner ${owner}`, ticket && `ticket ${ticket}`, expires && `until ${expires}`];
    return [{ path: construct.node.path, text: details.filter(detail => detail).join(', ') }];
  });
}
