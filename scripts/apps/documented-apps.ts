import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import { REPOSITORY } from '../scratch-copy';
import type { AppDirectory } from './app-directory';
import type { CodeBlock } from './code-block';
import { codeBlocksOf, docstringExamplesOf } from './code-block';
import { programOf } from './program';
import type { Workspace } from './workspace';

/** What blocks are that hold no app, by their language. A block in a language that is not here has to be an app. */
const NO_APP = ['sh', 'diff', ''];

/** The page of rules shows the cases of the tests, and says that their imports stand there. */
const RULES_PAGE = 'docs/RULES.md';
const RULE_CASES = 'test/rules';

/** Blocks of code in the documentation that are synthesized in one process, one after the other. */
export interface Chapter {
  readonly title: string;
  readonly blocks: readonly CodeBlock[];
}

/** Shows that CDK's own validation is on, and that what it finds is read. */
const REFUSED_APP: CodeBlock = {
  name: 'an app that CDK refuses',
  language: 'ts',
  code: `import { App, CfnResource, Stack } from 'aws-cdk-lib';
new CfnResource(new Stack(new App(), 'Refused'), 'Topic', { type: 'AWS::SNS::Topic', properties: { TopicNam: 'misspelt' } });`,
};

/** All code that the documentation shows: that of pages, and that of docstrings. */
export function chapters(): Chapter[] {
  const pages = ['CONTRIBUTING.md', ...filesIn('docs', '.md')];
  return [
    { title: 'README.md', blocks: [REFUSED_APP, ...blocksOfPages(['README.md'])] },
    { title: 'pages', blocks: blocksOfPages(pages) },
    { title: 'docstrings', blocks: filesIn('src', '.ts').flatMap(file => docstringExamplesOf(join(REPOSITORY, file))) },
  ];
}

/** Makes an app of every block. */
export function addChapter(workspace: Workspace, { blocks }: Chapter): AppDirectory[] {
  return blocks.map(({ name, code }) => workspace.addProgram(name, programOf(code, preambleOf(name, code))));
}

function blocksOfPages(pages: readonly string[]): CodeBlock[] {
  const blocks = pages.flatMap(page => codeBlocksOf(page, readFileSync(join(REPOSITORY, page), 'utf8')));
  return blocks.filter(({ language }) => !NO_APP.includes(language));
}

function preambleOf(name: string, code: string): string {
  return name.startsWith(RULES_PAGE) && !code.startsWith('import ') ? `${importsOfRuleCases()}\nconst app = fixtures.app;` : '';
}

function importsOfRuleCases(): string {
  const files = filesIn(RULE_CASES, '-cases.ts');
  return files.flatMap(file => readFileSync(join(REPOSITORY, file), 'utf8').match(/^import \{.*$/gm) ?? []).join('\n');
}

/** The files below a folder whose names end so. */
function filesIn(folder: string, end: string): string[] {
  return readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith(end)).sort().map(name => `${folder}/${name}`);
}
