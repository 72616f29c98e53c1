import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import type { Example } from '../examples';
import { FailOn, ImdsReport, Imdsv2 } from '../src';
import type { Report } from '../src/report/report';
import type { ReportedExemption } from '../src/report/reported-finding';

/** CDK does not print the validation report itself. */
const PRINTED_BY_CLI = { '@aws-cdk/core:failSynthOnValidationErrors': false };

/** The report files in the cloud assembly. */
export const REPORTS = [ImdsReport.html(), ImdsReport.json(), ImdsReport.sarif(), ImdsReport.junit(), ImdsReport.markdown()];

/** The result of a synthesis: the report of a check, and the warnings of enforcement by construct path. */
export interface Synthesis {
  /** The directory of the cloud assembly. */
  readonly directory: string;
  readonly report: Report;
  readonly warnings: readonly Note[];
  /** Exempt resources, with the reason. */
  readonly exempt: readonly Note[];
  /** The resources of all templates, by template and logical id. */
  readonly resources: ReadonlySet<string>;
}

/** A text about a construct. */
export interface Note {
  readonly path: string;
  readonly text: string;
}

/** Synthesizes examples, with or without the one line, and checks them. */
export function synthesize(examples: readonly Example[], enforced: boolean, outdir?: string): Synthesis {
  const app = new App({ builtinCloudFormationValidation: false, context: PRINTED_BY_CLI, outdir });
  for (const example of examples) { example.build(app); }
  if (enforced) { Imdsv2.enforce(app); }
  Imdsv2.check(app, { failOn: FailOn.NEVER, reports: REPORTS });
  const { directory } = app.synth();
  const report = JSON.parse(readFileSync(join(directory, ImdsReport.json().fileName), 'utf8')) as Report;
  return { directory, report, warnings: warningsOf(app), exempt: exemptIn(report), resources: resourcesIn(directory) };
}

/** The resources in the templates of an assembly, and of the stages in it. */
function resourcesIn(directory: string): Set<string> {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.template.json'));
  return new Set(files.flatMap(file => {
    const template = JSON.parse(readFileSync(join(directory, file), 'utf8')) as { readonly Resources: object };
    return Object.keys(template.Resources).map(id => `${file}/${id}`);
  }));
}

/** The warnings of this library in an app after its synthesis. */
function warningsOf(app: App): readonly Note[] {
  return app.node.findAll().flatMap(construct => construct.node.metadata
    .filter(({ type, data }) => type === 'aws:cdk:warning' && String(data).includes('[ack: Imdsv2::'))
    .map(({ data }) => ({ path: construct.node.path, text: String(data) })));
}

/** Resources that do not require tokens because they are exempt. */
function exemptIn({ resources }: Report): readonly Note[] {
  return resources.flatMap(({ path = '', exemptions }) => exemptions
    .filter(({ rule }) => rule === 'Imdsv2::TokensRequired')
    .map(exemption => ({ path, text: detailsOf(exemption) })));
}

function detailsOf({ reason, owner, ticket, expires }: ReportedExemption): string {
  return [reason, owner && `owner ${owner}`, ticket && `ticket ${ticket}`, expires && `until ${expires}`].filter(detail => detail).join(', ');
}
