import { readFileSync, readdirSync } from 'fs';
import { basename, join, relative } from 'path';
import type { App } from 'aws-cdk-lib';
import { LaunchGraph } from '../../../src/launch/launch-graph';
import type { Launch } from '../../../src/launch/launch-graph';
import { LiveTree } from '../../../src/launch/live-tree';
import type { TemplateFile } from '../../../src/launch/template-file';
import { TemplateSet } from '../../../src/launch/template-set';
import { scratchApp } from '../../harness/scratch-app';

/** The source of a launcher in words: `Stack/Launcher: Stack/Template (latest)`, or `outside <name>` or `unknown` instead of a path. */
export type Answer = string;

/** The same look-up in the same app: in its tree before the synthesis, in its templates, in its tree after it. */
export interface Readings {
  readonly before: readonly Answer[];
  readonly templates: readonly Answer[];
  readonly after: readonly Answer[];
}

/** An app with the metadata of the CDK CLI: paths of constructs, and files of nested stacks. */
export function readableApp(context: { readonly [flag: string]: unknown } = {}): App {
  return scratchApp({ 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true, ...context });
}

/** Reads an app three times. `counts` leaves launches out. */
export function readings(app: App, counts: (launch: Launch) => boolean = () => true): Readings {
  const before = answersOf(new LaunchGraph(new LiveTree(app)), counts);
  const templates = answersOf(new LaunchGraph(new TemplateSet(templatesOf(app.synth()))), counts);
  return { before, templates, after: answersOf(new LaunchGraph(new LiveTree(app)), counts) };
}

/** The same result three times. */
export function always(...answers: readonly Answer[]): Readings {
  return { before: answers, templates: answers, after: answers };
}

/** A result in words. */
export function answer(launcher: string, source: string, versions: readonly string[] = []): Answer {
  return `${launcher}: ${[source, ...versions.length > 0 ? [`(${versions.join(' or ')})`] : []].join(' ')}`;
}

/** The sources of all launchers of a graph, in the order of their paths. */
export function answersOf(graph: LaunchGraph, counts: (launch: Launch) => boolean = () => true): readonly Answer[] {
  return graph.world.resources.flatMap(resource => graph.launchesOf(resource)).filter(counts)
    .map(launch => answer(launch.launcher.path, wordsFor(launch), launch.versions.map(({ kind }) => kind)))
    .sort();
}

/** The templates of an assembly, with nested stacks and stages. */
export function templatesOf(assembly: ReturnType<App['synth']>): readonly TemplateFile[] {
  const stacks = new Map(assembly.stacksRecursively.map(stack => [relative(assembly.directory, stack.templateFullPath), stack]));
  return readdirSync(assembly.directory, { recursive: true, encoding: 'utf8' }).filter(file => basename(file).endsWith('.template.json')).map(file => {
    const stack = stacks.get(file);
    return {
      file,
      template: JSON.parse(readFileSync(join(assembly.directory, file), 'utf8')) as unknown,
      stackName: stack?.stackName,
      account: known(stack?.environment.account),
      region: known(stack?.environment.region),
    };
  });
}

function wordsFor({ source }: Launch): string {
  switch (source.kind) {
    case 'resource': return source.resource.path;
    case 'outside': return `outside ${source.name}`;
    case 'unknown': return 'unknown';
  }
}

function known(part: string | undefined): string | undefined {
  return part?.startsWith('unknown-') ? undefined : part;
}
