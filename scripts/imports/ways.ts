import * as ts from 'typescript';

/** A way to import the package: a file, its configuration, and the commands that run it. */
export interface Way {
  readonly name: string;
  readonly files: { readonly [path: string]: string };
  readonly commands: readonly Command[];
}

/** The file of an installed package, or of the way itself, and its arguments. */
type Command = readonly [file: string, ...args: string[]];

const IMPORTS = `
import { App, Stack } from 'aws-cdk-lib';
import { CfnInstance } from 'aws-cdk-lib/aws-ec2';
import { Imdsv2 } from 'cdk-imdsv2';
import { FailOn } from 'cdk-imdsv2/lib';
import { Imdsv2NagChecks } from 'cdk-imdsv2/lib/nag';
`;

/** An app that uses each entry of the package, and throws if one of them is wrong. */
const BODY = `
const app = new App();
new CfnInstance(new Stack(app, 'Stack'), 'Instance', { imageId: 'ami-12345678' });
Imdsv2.enforce(app);
Imdsv2.check(app, { failOn: FailOn.ERROR });
const template = app.synth().getStackByName('Stack').template;
const tokens = template.Resources.Instance.Properties.MetadataOptions.HttpTokens;
const pack = new Imdsv2NagChecks(app).name;
if (tokens !== 'required' || pack !== 'Imdsv2') { throw new Error([tokens, pack].join()); }
`;

const PROGRAM = IMPORTS + BODY;
const TEST = `${IMPORTS}test('the package can be imported', () => {${BODY}});`;
const COMMON_JS = ts.transpileModule(PROGRAM, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } }).outputText;

const TSC: Command = ['typescript/bin/tsc'];
const TS_NODE = 'ts-node/dist/bin.js';
const TSX = 'tsx/dist/cli.mjs';
const JEST: Command = ['jest/bin/jest.js', '--coverage=false'];

/** TypeScript's module resolution in an app of `cdk init`. */
const CDK_INIT = { module: 'NodeNext', moduleResolution: 'NodeNext' };
const CLASSIC = { module: 'CommonJS', moduleResolution: 'node10', ignoreDeprecations: '6.0' };

/** All ways that must work. */
export const WAYS: readonly Way[] = [
  { name: 'CommonJS', files: { 'app.cjs': COMMON_JS }, commands: [['./app.cjs']] },
  { name: 'ES modules', files: { 'app.mjs': PROGRAM }, commands: [['./app.mjs']] },
  compiled('.mts, NodeNext', 'app.mts', { module: 'NodeNext' }),
  compiled('.mts, Node16', 'app.mts', { module: 'Node16' }),
  compiled('.ts, Node16', 'app.ts', { module: 'Node16' }),
  compiled('.ts, classic resolution of Node.js', 'app.ts', CLASSIC),
  compiled('.mts, resolution of bundlers', 'app.mts', { module: 'ESNext', moduleResolution: 'bundler' }),
  { name: 'ts-node', files: { 'app.ts': PROGRAM, ...configured(CDK_INIT) }, commands: [[TS_NODE, '--prefer-ts-exts', 'app.ts']] },
  { name: 'ts-node, classic resolution', files: { 'app.ts': PROGRAM, ...configured(CLASSIC) }, commands: [[TS_NODE, '--transpile-only', 'app.ts']] },
  { name: 'tsx, .ts', files: { 'app.ts': PROGRAM, ...configured(CDK_INIT) }, commands: [[TSX, 'app.ts']] },
  { name: 'tsx, .mts', files: { 'app.mts': PROGRAM, ...configured(CDK_INIT) }, commands: [[TSX, 'app.mts']] },
  {
    name: 'jest with ts-jest',
    files: { 'app.test.ts': TEST, 'jest.config.js': 'module.exports = { preset: \'ts-jest\' };', ...configured(CDK_INIT, ['jest']) },
    commands: [JEST],
  },
  {
    name: 'jest with ES modules',
    files: { 'app.test.mjs': TEST, 'jest.config.js': 'module.exports = { testMatch: [\'**/*.test.mjs\'], transform: {} };' },
    commands: [JEST],
  },
];

function compiled(name: string, file: string, options: ts.MapLike<string>): Way {
  return { name: `TypeScript, ${name}`, files: { [file]: PROGRAM, ...configured(options) }, commands: [TSC, [`./${file.replace(/ts$/, 'js')}`]] };
}

function configured(options: ts.MapLike<string>, types: readonly string[] = []): { readonly 'tsconfig.json': string } {
  const compilerOptions = { target: 'ES2022', strict: true, skipLibCheck: true, types: ['node', ...types], ...options };
  return { 'tsconfig.json': JSON.stringify({ compilerOptions }) };
}
