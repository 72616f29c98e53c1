import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import { ruleImportsIn } from '../../docs/rule-examples';
import { REPOSITORY } from '../scratch-copy';
import type { AppDirectory } from './app-directory';
import type { CodeBlock } from './code-block';
import { codeBlocksOf, docstringExamplesOf } from './code-block';
import { NOT_CODE } from './expectations';
import { programOf } from './program';
import type { Workspace } from './workspace';

/** The contents of blocks in other languages than TypeScript. */
const OTHER_LANGUAGES: { readonly [language: string]: string } = {
  sh: 'commands',
  diff: 'what changes in a template',
  json: 'a document',
  yaml: 'a document',
  hcl: 'a template of Packer',
};

/** The page of rules. It shows the cases of the tests, and the imports that they need. */
const RULES_PAGE = 'docs/RULES.md';
const RULE_CASES = 'test/rules';

/** Code blocks of the documentation that one process synthesizes. */
export interface Chapter {
  readonly title: string;
  readonly blocks: readonly CodeBlock[];
}

/** An app that must fail. It shows that CDK's own validation is on, and that its findings are read. */
const REFUSED_APP: CodeBlock = {
  name: 'an app that CDK refuses',
  language: 'ts',
  code: `import { App, CfnResource, Stack } from 'aws-cdk-lib';
new CfnResource(new Stack(new App(), 'Refused'), 'Topic', { type: 'AWS::SNS::Topic', properties: { TopicNam: 'misspelt' } });`,
};

/** All code of the documentation: of pages and of docstrings. */
export function chapters(): Chapter[] {
  const pages = ['CONTRIBUTING.md', ...filesIn('docs', '.md')];
  return [
    { title: 'README.md', blocks: [REFUSED_APP, ...blocksOfPages(['README.md'])] },
    { title: 'pages', blocks: blocksOfPages(pages) },
    { title: 'docstrings', blocks: filesIn('src', '.ts').flatMap(file => docstringExamplesOf(join(REPOSITORY, file))) },
  ];
}

/** Creates an app for every block. */
export function addChapter(workspace: Workspace, { blocks }: Chapter): AppDirectory[] {
  return blocks.map(({ name, code }) => workspace.addProgram(name, programOf(code, preambleOf(name, code))));
}

function blocksOfPages(pages: readonly string[]): CodeBlock[] {
  return pages.flatMap(page => codeBlocksOf(page, readFileSync(join(REPOSITORY, page), 'utf8'))).filter(isCode);
}

/**
 * Whether a block is code, which must be an app.
 *
 * @throws Error if the block is not classified
 */
export function isCode({ name, language }: CodeBlock): boolean {
  if (language === 'ts') { return true; }
  if (language in OTHER_LANGUAGES || name in NOT_CODE) { return false; }
  throw new Error(`${name}: a block must be ts, ${Object.keys(OTHER_LANGUAGES).join(', ')} or in NOT_CODE, got '${language}'`);
}

function preambleOf(name: string, code: string): string {
  return name.startsWith(RULES_PAGE) && !code.startsWith('import ') ? `${ruleImportsIn(join(REPOSITORY, RULE_CASES))}\nconst app = fixtures.app;` : '';
}

/** The files below a folder with this ending. */
function filesIn(folder: string, end: string): string[] {
  return readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith(end)).sort().map(name => `${folder}/${name}`);
}
