import { LintedTree } from './linted-tree';

const RULES = ['no-console', 'no-restricted-properties', 'no-restricted-imports', 'no-restricted-syntax'];

const tree = new LintedTree(['src/model/part.ts', 'src/nag/part.ts', 'examples/part.ts']);
afterAll(() => tree.remove());

async function rulesAgainst(file: string, line: string): Promise<string[]> {
  return (await tree.lint(file, RULES, line)).map(({ rule }) => rule);
}

describe('the rules of src/', () => {
  test.each([
    ["console.log('done');", 'no-console'],
    ['const region = process.env.AWS_REGION;', 'no-restricted-properties'],
    ['const { env } = process;', 'no-restricted-properties'],
    ['let last = 0;', 'no-restricted-syntax'],
    ['export var last = 0;', 'no-restricted-syntax'],
    ["export const found: import('./part').Found = {};", 'no-restricted-syntax'],
    ["import { awscdk } from 'projen';", 'no-restricted-imports'],
    ["import * as spec from '@aws-cdk/aws-service-spec';", 'no-restricted-imports'],
    ["import { NagPack } from 'cdk-nag';", 'no-restricted-imports'],
    ["import { execSync } from 'child_process';", 'no-restricted-imports'],
    ["import { env } from 'node:process';", 'no-restricted-imports'],
  ])('%s is rejected', async (line, rule) => {
    expect(await rulesAgainst('src/model/part.ts', line)).toEqual([rule]);
  });

  test.each([
    "import { Stack } from 'aws-cdk-lib';",
    "import { CfnInstance } from 'aws-cdk-lib/aws-ec2';",
    "import { IConstruct } from 'constructs';",
    "import * as path from 'path';",
    "import { readFileSync } from 'node:fs';",
    "import { setting } from './setting';",
    'export const FIRST = 0;',
    'function count() { let n = 0; n += 1; return n; }',
  ])('%s is accepted', async (line) => {
    expect(await rulesAgainst('src/model/part.ts', line)).toEqual([]);
  });

  test('the nag pack can import cdk-nag, and nothing else that users do not have', async () => {
    expect(await rulesAgainst('src/nag/part.ts', "import { NagPack } from 'cdk-nag';")).toEqual([]);
    expect(await rulesAgainst('src/nag/part.ts', "import { awscdk } from 'projen';")).toEqual(['no-restricted-imports']);
  });

  test('other code has no such rules', async () => {
    expect(await rulesAgainst('examples/part.ts', 'console.log(process.env.HOME);')).toEqual([]);
  });
});
