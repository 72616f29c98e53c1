import vm from 'vm';
import type { JestEnvironment, JestEnvironmentConfig } from '@jest/environment';
import { ModernFakeTimers } from '@jest/fake-timers';
import type { Circus } from '@jest/types';
import { ModuleMocker } from 'jest-mock';
import { AsyncStores } from './async-stores';
import { CompiledModules } from './compiled-modules';
import { GlobalState } from './global-state';
import { plainForObjects } from './stack-traces';

/** `native-module.js` finds the `require` of Node.js under this name. */
const NATIVE_REQUIRE = Symbol.for('cdk-imdsv2.test.nativeRequire');

/** jest compiles modules for the realm of the environment, which is the current realm here. */
const OWN_REALM = vm.createContext({});
const compileFunction = vm.compileFunction;
const compiled = new CompiledModules();
vm.compileFunction = (code, params, options = {}) =>
  options.parsingContext === OWN_REALM ? compiled.compile(code, params ?? [], options.filename ?? '') : compileFunction(code, params, options);

/**
 * Runs test files in the realm of the worker itself, so that they share one copy of the CDK.
 *
 * jest gives each test file its own realm and its own registry of modules. Loading the CDK takes longer than most test files run, and modules of one realm
 * do not work in another: `instanceof Array` and `instanceof Error` fail. Here each file still has its own copy of the library, but Node.js loads packages
 * once for each worker. Changes of a file to its surroundings are undone after it.
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

  /** jest has set its format of stack traces before, and sets it again for the next file. */
  public async setup(): Promise<void> {
    Error.prepareStackTrace = plainForObjects(Error.prepareStackTrace);
  }

  /**
   * Leaves the store that jest runs a test and its hooks in, because it makes each promise of the test slower. jest needs it for tests that run side by side, and to find the
   * test of an unhandled rejection: without it, the whole file fails.
   */
  public handleTestEvent({ name }: Circus.Event): void {
    if (name === 'test_fn_start' || name === 'hook_start') { this.stores.disable(); }
  }

  public async teardown(): Promise<void> {
    this.fakeTimersModern.dispose();
    this.moduleMocker.restoreAllMocks();
    this.before.restore();
    this.stores.dispose();
  }

  public getVmContext(): vm.Context {
    return OWN_REALM;
  }

  public exportConditions(): string[] {
    return ['node', 'node-addons'];
  }
}
