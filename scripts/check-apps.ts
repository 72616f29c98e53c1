/**
 * Synthesizes every example, and every block of code in the documentation, as an app that `cdk init` made: with its context, with what the CLI adds,
 * with CDK's own validation, once with an account and a Region and once without. It needs a compiled library (`npx projen compile`), and no network.
 *
 * Arguments pick what is synthesized: `npm run check:apps -- README.md examples/fleet`.
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

/** Apps that are synthesized one after the other, in a process of their own. */
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
  const batches = all.filter(({ title }) => only.length === 0 || only.some(name => title.startsWith(name)));
  const failures = (await onEach(batches, failuresOf)).flat();

  failures.forEach(failure => console.error(failure));
  const count = batches.reduce((sum, { apps }) => sum + apps.length, 0);
  console.log(failures.length > 0 ? `${failures.length} problems` : `${count} apps are synthesized as \`cdk init\` has them`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

/** Everything there is to synthesize in one way. An example is a process, and so is a chapter of the documentation: CDK's validation takes long to start. */
function batchesIn(directory: string, way: string, variables: NodeJS.ProcessEnv): Batch[] {
  mkdirSync(directory);
  const workspace = new Workspace(directory);
  const { runner } = workspace;
  const ofExamples = workspace.addExamples().map(app => ({ title: `${app.name} ${way}`, apps: [app], runner, variables }));
  const ofChapters = chapters().map(chapter => ({ title: `${chapter.title} ${way}`, apps: addChapter(workspace, chapter), runner, variables }));
  return [...ofChapters, { title: `forms ${way}`, apps: workspace.addForms(), runner, variables }, ...ofExamples];
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
