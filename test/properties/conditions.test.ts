import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import * as fc from 'fast-check';
import { ImdsReport, Imdsv2Validator } from '../../src';
import type { Report, ReportedResource, ReportedValue } from '../../src/report/report';
import { contextOf } from '../check/written';
import { SCRATCH } from '../harness/scratch-app';
import { decided, launchingTemplate } from './launches';
import { holds } from './synth';

const RUNS = 150;

/** A report of a template by itself. */
function reportOf(template: unknown): Report {
  const directory = mkdtempSync(join(SCRATCH, 'conditions-'));
  const file = join(directory, 'stack.json');
  writeFileSync(file, JSON.stringify(template));
  new Imdsv2Validator({ reports: [ImdsReport.json()] }).validate(contextOf([file], directory));
  const report = JSON.parse(readFileSync(join(directory, 'imdsv2-report.json'), 'utf8')) as Report;
  rmSync(directory, { recursive: true });
  return report;
}

/** What a report says of the tokens and the hop limit of each resource; whether the service is off, it says only where that is certain. */
function valuesIn({ resources }: Report): readonly string[] {
  return resources.flatMap(({ logicalId, settings: { tokens = [], hopLimit = [] } }) => [
    ...tokens.filter(({ from }) => !from.includes('the metadata service is off')).map(value => `${logicalId} tokens ${wordsOf(value)}`),
    ...hopLimit.map(value => `${logicalId} hop limit ${wordsOf(value)}`),
  ]);
}

function wordsOf({ kind, value }: ReportedValue): string {
  return `${kind} ${String(value)}`;
}

test('the report of a template has all that it says where a condition is decided, whichever way', () => {
  holds(fc.property(launchingTemplate(), template => {
    const whole = reportOf(template);
    for (const isMet of [true, false]) {
      const part = reportOf(decided(template, 'C', isMet));
      const isMissing = (line: string) => !valuesIn(whole).includes(line);
      expect(valuesIn(part).filter(isMissing)).toEqual([]);
      expect(part.resources.filter(resource => isBetter(whole.resources.find(({ id }) => id === resource.id), resource))).toEqual([]);
    }
  }), RUNS);
});

/** Whether one outcome promises more than the other. */
function isBetter(one: ReportedResource | undefined, other: ReportedResource): boolean {
  const ranks = ['not required', 'undecided', 'required'];
  return one === undefined || ranks.indexOf(one.outcome) > ranks.indexOf(other.outcome);
}
