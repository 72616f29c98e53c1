import { readdirSync } from 'fs';
import { join } from 'path';
import { LintedTree, REPOSITORY, complaints } from './linted-tree';

const RULE = 'import/no-restricted-paths';

/** Each room of `src/`, and the other rooms that it can import. */
const ROOMS: Record<string, string[]> = {
  'model': [],
  'resources': ['model'],
  'launch': ['model', 'resources'],
  'policy': ['model'],
  'usage': ['model'],
  'sdks': ['model', 'userdata'],
  'inspect': ['model', 'resources', 'launch', 'policy', 'userdata', 'usage', 'sdks'],
  'enforce': ['model', 'resources', 'launch', 'policy', 'userdata', 'inspect', 'usage', 'sdks'],
  'check': ['model', 'resources', 'launch', 'policy', 'inspect', 'userdata', 'usage', 'sdks'],
  'report': ['model', 'resources', 'launch', 'policy', 'inspect', 'userdata', 'usage', 'sdks', 'check'],
  'validator': ['model', 'resources', 'launch', 'policy', 'inspect', 'userdata', 'usage', 'sdks', 'check', 'report'],
  'nag': ['model', 'resources', 'launch', 'policy', 'userdata', 'usage', 'sdks', 'inspect', 'check'],
  'userdata': ['model'],
  'guard': ['model', 'resources', 'policy'],
  'iam': ['model', 'resources', 'policy'],
  'functions': ['model'],
  'org': ['model', 'resources', 'policy', 'guard', 'iam', 'functions'],
  'ami': ['model', 'policy', 'functions'],
  'transition': ['model', 'resources', 'launch', 'policy', 'userdata', 'inspect', 'guard', 'iam', 'functions', 'org', 'usage', 'sdks'],
  'imdsv2.ts': ['model', 'resources', 'launch', 'policy', 'inspect', 'enforce', 'check', 'userdata', 'usage', 'sdks', 'report', 'validator'],
  'index.ts': [
    'model', 'resources', 'launch', 'policy', 'inspect', 'enforce', 'check', 'userdata', 'usage', 'sdks', 'report', 'validator',
    'guard', 'iam', 'functions', 'org', 'ami', 'transition', 'imdsv2.ts',
  ],
};

const AROUND = ['test', 'examples', 'demo', 'bench', 'docs', 'scripts', 'projenrc'];

const tree = new LintedTree([...Object.keys(ROOMS).map(moduleOf), ...AROUND.map((directory) => `${directory}/part.ts`)]);
afterAll(() => tree.remove());

/** The file that represents the room. */
function moduleOf(room: string): string {
  return room.endsWith('.ts') ? `src/${room}` : `src/${room}/part.ts`;
}

/** The module name of a room in an import of `src/` or `src/<room>/`. */
function importOf(importer: string, room: string): string {
  const up = importer.endsWith('.ts') ? './' : '../';
  return up + moduleOf(room).slice('src/'.length, -'.ts'.length);
}

async function refusedLines(file: string, lines: string[]): Promise<string[]> {
  return (await tree.lint(file, [RULE], ...lines)).map(({ line }) => lines[line - 1]);
}

describe('the import direction of src/', () => {
  test.each(Object.entries(ROOMS))('%s imports only %j', async (room, allowed) => {
    const others = Object.keys(ROOMS).filter((other) => other !== room);
    const refused = await refusedLines(moduleOf(room), others.map((other) => `import '${importOf(room, other)}';`));

    expect(refused).toEqual(others.filter((other) => !allowed.includes(other)).map((other) => `import '${importOf(room, other)}';`));
  });

  test('a room can import itself', async () => {
    expect(await refusedLines('src/model/other.ts', ["import './part';", "import '../model/part';"])).toEqual([]);
  });

  test.each([
    "import { thing } from '../enforce/part';",
    "import type { Thing } from '../enforce/part';",
    "export { thing } from '../enforce/part';",
    "export * from '../enforce/part';",
    "const thing = import('../enforce/part');",
    "const thing = require('../enforce/part');",
  ])('every form of import is checked: %s', async (line) => {
    expect(await refusedLines('src/model/part.ts', [line])).toEqual([line]);
  });

  test('the library imports none of the code around it', async () => {
    const lines = AROUND.map((directory) => `import '../${directory}/part';`);

    expect(await refusedLines('src/index.ts', lines)).toEqual(lines);
  });

  test('the code around it can import the library', async () => {
    expect(await refusedLines('test/part.ts', ["import '../src';", "import '../src/model/part';"])).toEqual([]);
  });

  test('an example imports the library by its name', async () => {
    const lines = ["import '../src';", "import '../src/nag/part';", "import '../src/enforce/part';"];

    expect(await refusedLines('examples/part.ts', lines)).toEqual(["import '../src/enforce/part';"]);
  });

  test('the existing files follow the rule', async () => {
    expect(await complaints(REPOSITORY, 'src/model/part.ts', [RULE], ["import '../index';"])).toEqual([{ line: 1, rule: RULE }]);
  });

  test('every existing room has a row', () => {
    expect(readdirSync(join(REPOSITORY, 'src')).filter((name) => !(name in ROOMS))).toEqual([]);
  });
});
