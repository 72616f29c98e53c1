import { AsyncLocalStorage } from 'async_hooks';
import { readFileSync, readdirSync } from 'fs';
import { tmpdir } from 'os';
import { basename } from 'path';
import { App, CfnResource, Stack, Token } from 'aws-cdk-lib';
import { AsyncStores } from './async-stores';
import { GlobalState } from './global-state';

test('objects of Node.js and of a test belong to one realm', () => {
  expect(readdirSync(__dirname)).toBeInstanceOf(Array);
});

test('the CDK is the one that Node.js loads', () => {
  const nativeRequire: NodeJS.Require = Reflect.get(globalThis, Symbol.for('cdk-imdsv2.test.nativeRequire'));
  expect(App).toBe((nativeRequire('aws-cdk-lib') as { App: typeof App }).App);
});

describe('changes of a test file to its surroundings are undone', () => {
  const before = new GlobalState();
  const env = { ...process.env };
  const cwd = process.cwd();
  const { fetch } = globalThis;
  afterEach(() => before.restore());

  test('an added global', () => {
    Object.assign(globalThis, { added: 1 });
    before.restore();
    expect(globalThis).not.toHaveProperty('added');
  });

  test('a replaced global', () => {
    globalThis.fetch = () => Promise.reject(new Error('replaced'));
    before.restore();
    expect(globalThis.fetch).toBe(fetch);
  });

  test('the environment of the process', () => {
    process.env.ADDED = '1';
    process.env.PATH = 'replaced';
    delete process.env.HOME;
    before.restore();
    expect({ ...process.env }).toEqual(env);
  });

  test('the working directory', () => {
    process.chdir(tmpdir());
    before.restore();
    expect(process.cwd()).toBe(cwd);
  });

  test('but not the data that CDK keeps for all files, such as its tokens', () => {
    const token = Token.asString({ resolve: () => 'text' });
    before.restore();
    expect(new Stack().resolve(token)).toBe('text');
  });
});

test('a store that a test file enters is off after it', () => {
  const stores = new AsyncStores();
  const store = new AsyncLocalStorage<string>();
  store.enterWith('entered');
  expect(store.getStore()).toBe('entered');
  stores.disable();
  expect(store.getStore()).toBeUndefined();
});

test('CDK notes the file that creates an element', () => {
  const [, created] = new CfnResource(new Stack(), 'Resource', { type: 'A::B::C' }).node.metadata;
  expect(created).toMatchObject({ type: 'aws:cdk:creationStack', data: expect.arrayContaining([expect.stringContaining(__filename)]) });
});

test('a frame of an error has its line in the TypeScript source', () => {
  const source = readFileSync(__filename, 'utf8').split('\n');
  const [, line] = new RegExp(`${basename(__filename)}:([0-9]+)`).exec(new Error('here').stack!)!;
  expect(source[Number(line) - 1]).toContain("new Error('here')");
});
