import { spawnSync } from 'child_process';
import { mkdtempSync, writeFileSync } from 'fs';
import { basename, join } from 'path';
import { CFN_GUARD, VALIDATION_FAILED } from '../harness/control-tower';
import { SCRATCH } from '../harness/scratch-app';

const MUCH_OUTPUT = 1_000_000_000;

/** The result of a run of cfn-guard. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Sarif {
  readonly runs: readonly { readonly results: readonly SarifResult[] }[];
}

interface SarifResult {
  readonly ruleId: string;
  readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }[];
}

/** Runs the real cfn-guard. */
export function cfnGuard(...args: readonly string[]): Run {
  return spawnSync(CFN_GUARD, args, { maxBuffer: MUCH_OUTPUT, encoding: 'utf8' });
}

/** The failed rules for each document, by document name, in one run. */
export function failuresOn(rules: string, documents: { readonly [name: string]: unknown }): { readonly [name: string]: readonly string[] } {
  const names = Object.keys(documents);
  const directory = mkdtempSync(join(SCRATCH, 'documents-'));
  names.forEach((name, index) => writeFileSync(join(directory, `${index}.json`), JSON.stringify(documents[name])));
  const results = resultsOf(validate(rules, directory));
  const failed = names.map(() => new Set<string>());
  for (const { ruleId, locations } of results) {
    for (const { physicalLocation: { artifactLocation } } of locations) {
      failed[parseInt(basename(artifactLocation.uri), 10)].add(ruleId.toLowerCase());
    }
  }
  return Object.fromEntries(names.map((name, index) => [name, [...failed[index]].sort()]));
}

/** The exit of cfn-guard for one file. */
export function runOn(rules: string, text: string): Run {
  const directory = mkdtempSync(join(SCRATCH, 'document-'));
  writeFileSync(join(directory, 'document.json'), text);
  return validate(rules, directory);
}

function validate(rules: string, directory: string): Run {
  const file = join(mkdtempSync(join(SCRATCH, 'rules-')), 'rules.guard');
  writeFileSync(file, rules);
  return cfnGuard('validate', '--rules', file, '--data', directory, '--show-summary', 'none', '--structured', '--output-format', 'sarif');
}

function resultsOf({ status, stdout, stderr }: Run): readonly SarifResult[] {
  if ((status !== 0 && status !== VALIDATION_FAILED) || stderr !== '') { throw new Error(`cfn-guard ended with ${status}: ${stderr}`); }
  return (JSON.parse(stdout) as Sarif).runs.flatMap(({ results }) => results);
}
