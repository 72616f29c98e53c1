/**
 * Synthesizes each example, and each code block of the documentation, as an app that `cdk init` created: with its context, with the additions of the
 * CLI, and with CDK's own validation. It does this once with an account and a Region, and once without. It needs a compiled library (`npx projen
 * compile`), and no network.
 *
 * Arguments select the apps: `npm run check:apps -- README.md examples/fleet`.
 */
import { existsSync, mkdirSync } from 'fs';
import { join } from 'path';
import type { AppDirectory } from './apps/app-directory';
import { cdkSynthVariables } from './apps/cdk-init';
import { addChapter, chapters } from './apps/documented-apps';
import { ENVIRONMENT } from './apps/environment';
import { KNOWN_FINDINGS, WITHOUT_TEMPLATE } from './apps/expectations';
import { findingsIn, isValidated } from './apps/finding';
import { problemsOf } from './apps/verdict';
import { Workspace } from './apps/workspace';
import { onEach, runNode } from './run';
import { REPOSITORY, scratchDirectory } from './scratch-copy';

/** Apps that one process synthesizes, one after the other. */
interface Batch {
  readonly title: string;
  readonly apps: readonly AppDirectory[];
  readonly runner: string;
  readonly variables: NodeJS.ProcessEnv;
}

async function main(only = process.argv.slice(2)): Promise<void> {
  if (!existsSync(join(REPOSITORY, 'lib', 'index.js'))) { throw new Error('there is no compiled library: npx projen compile'); }
  const scratch = scratchDirectory();
  const all = [
    ...batchesIn(join(scratch, 'without-env'), 'without env', cdkSynthVariables()),
    ...batchesIn(join(scratch, 'with-env'), 'with env', { ...cdkSynthVariables(), CHECK_APPS_ENV: ENVIRONMENT }),
  ];
  const batches = only.length === 0 ? all : all.map(batch => picked(batch, only)).filter(({ apps }) => apps.length > 0);
  const failures = (await onEach(batches, failuresOf)).flat();

  failures.forEach(failure => console.error(failure));
  const count = batches.reduce((sum, { apps }) => sum + apps.length, 0);
  console.log(failures.length > 0 ? `${failures.length} problems` : `${count} apps are synthesized as \`cdk init\` has them`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

/** All batches for one environment, the longest first. Apps of a kind share a process, because CDK and its validation take seconds to start. */
function batchesIn(directory: string, way: string, variables: NodeJS.ProcessEnv): Batch[] {
  mkdirSync(directory);
  const workspace = new Workspace(directory);
  const { runner } = workspace;
  const kinds = [
    { title: 'examples', apps: workspace.addExamples() },
    { title: 'forms', apps: workspace.addForms() },
    ...chapters().map(chapter => ({ title: chapter.title, apps: addChapter(workspace, chapter) })),
  ];
  return kinds.map(({ title, apps }) => ({ title: `${title} ${way}`, apps, runner, variables }));
}

/** The apps of a batch that the arguments select: by the name of their kind, or by the start of their own name. */
function picked(batch: Batch, names: readonly string[]): Batch {
  const { title, apps } = batch;
  return names.some(name => title.startsWith(name)) ? batch : { ...batch, apps: apps.filter(app => names.some(name => app.name.startsWith(name))) };
}

async function failuresOf(batch: Batch): Promise<string[]> {
  const start = Date.now();
  const output = await runNode(batch.runner, batch.apps.map(({ path }) => path), { env: batch.variables });
  const failures = batch.apps.flatMap(app => {
    const problems = problemsOf({ findings: findingsIn(app), isValidated: isValidated(app) }, {
      findings: KNOWN_FINDINGS[app.name] ?? [],
      withoutTemplate: WITHOUT_TEMPLATE[app.name],
    });
    return problems.map(problem => `${app.name} (${batch.title}): ${problem}`);
  });
  console.log(`${batch.title}: ${batch.apps.length} apps in ${((Date.now() - start) / 1000).toFixed(1)} s`);
  return output.status === 0 ? failures : [...failures, `${batch.title}: exit code ${output.status}\n${output.text}`];
}

void main();
