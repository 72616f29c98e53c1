import { rmSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { ConstructNote } from '../model/construct-note';
import { describeValue } from '../model/setting';
import type { ImdsReport } from '../report/imds-report';

/** On the root: the files of all reports, and the scope of the check that writes each. */
const FILES = new ConstructNote<ReadonlyMap<string, string>>('ReportFiles');

/**
 * Reserves the files of reports.
 *
 * @throws Error if another check writes one of them, because it would overwrite the report
 */
export function claimFiles(scope: IConstruct, reports: readonly ImdsReport[]): void {
  const files = new Map(FILES.of(scope.node.root));
  for (const { fileName } of reports) {
    const owner = files.get(fileName.toLowerCase());
    if (owner !== undefined) {
      throw new Error(`fileName must be unique among the reports of an app, got ${describeValue(fileName)}, which the check of ${owner} writes already`);
    }
    files.set(fileName.toLowerCase(), scope.node.path === '' ? 'the app' : `'${scope.node.path}'`);
  }
  FILES.write(scope.node.root, files);
}

/**
 * Removes the reports of an earlier synthesis. If the synthesis fails, nobody mistakes an old report for a new one.
 *
 * It removes them immediately, because an aspect or a stage may fail first, and before each synthesis, because an app can have several.
 */
export function removeStale(scope: IConstruct, reports: readonly ImdsReport[]): void {
  const app = App.of(scope);
  if (!app || reports.length === 0) { return; }
  const remove = () => {
    for (const { fileName } of reports) { rmSync(join((app as App).outdir, fileName), { force: true }); }
    return [];
  };
  remove();
  app.node.addValidation({ validate: remove });
}
