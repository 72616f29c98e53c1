import vm from 'vm';
import type { JestEnvironment, JestEnvironmentConfig } from '@jest/environment';
import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';
import { AsyncStores } from './async-stores';
import { CompiledModules } from './compiled-modules';
import { GlobalState } from './global-state';

/** `native-module.js` finds Node's `require` under this name. */
const NATIVE_REQUIRE = Symbol.for('cdk-imdsv2.test.nativeRequire');

/** jest compiles what it loads for the realm of the environment. For this one, that is where it is already. */
const OWN_REALM = vm.createContext({});
const compileFunction = vm.compileFunction;
const compiled = new CompiledModules();
vm.compileFunction = (code, params, options = {}) =>
  options.parsingContext === OWN_REALM ? compiled.compile(code, params ?? [], options.filename ?? '') : compileFunction(code, params, options);

/**
 * Runs test files in the realm of the worker itself, so that they share one copy of the CDK.
 *
 * jest gives a test file a realm and a registry of modules of its own. Loading the CDK takes longer than most files then run, and what was
 * loaded in one realm is no use in another: its arrays and errors are strangers there. Here a file still has its own copy of the library, but
 * packages are loaded by Node, once for each worker, and what a file changes around it is put back after it.
 */
export default class OneRealmEnvironment implements JestEnvironment {
  public readonly global = globalThis as unknown as JestEnvironment['global'];
  public readonly moduleMocker = new ModuleMocker(globalThis);
  public readonly fakeTimers = null;
  public readonly fakeTimersModern: ModernFakeTimers;
  private readonly before = new GlobalState();
  private readonly stores = new AsyncStores();

  constructor({ projectConfig }: JestEnvironmentConfig) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
    Object.assign(globalThis, { [NATIVE_REQUIRE]: require, ...projectConfig.globals });
  }

  public async setup(): Promise<void> {}

  public async teardown(): Promise<void> {
    this.fakeTimersModern.dispose();
    this.moduleMocker.restoreAllMocks();
    this.before.restore();
    this.stores.disable();
  }

  public getVmContext(): vm.Context {
    return OWN_REALM;
  }

  public exportConditions(): string[] {
    return ['node', 'node-addons'];
  }
}
