import { AsyncLocalStorage } from 'async_hooks';
import { readdirSync } from 'fs';
import { tmpdir } from 'os';
import { App, Stack, Token } from 'aws-cdk-lib';
import { AsyncStores } from './async-stores';
import { GlobalState } from './global-state';

test('what Node makes and what a test makes are of one realm', () => {
  expect(readdirSync(__dirname)).toBeInstanceOf(Array);
});

test('the CDK is the one that Node loads', () => {
  const nativeRequire: NodeJS.Require = Reflect.get(globalThis, Symbol.for('cdk-imdsv2.test.nativeRequire'));
  expect(App).toBe((nativeRequire('aws-cdk-lib') as { App: typeof App }).App);
});

describe('what a test file changes around it is put back', () => {
  const before = new GlobalState();
  const env = { ...process.env };
  const cwd = process.cwd();
  const { fetch } = globalThis;
  afterEach(() => before.restore());

  test('a global that it adds', () => {
    Object.assign(globalThis, { added: 1 });
    before.restore();
    expect(globalThis).not.toHaveProperty('added');
  });

  test('a global that it replaces', () => {
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

  test('its directory', () => {
    process.chdir(tmpdir());
    before.restore();
    expect(process.cwd()).toBe(cwd);
  });

  test('but not what the CDK keeps for all files, such as its tokens', () => {
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
