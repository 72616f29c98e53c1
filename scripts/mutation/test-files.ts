import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import type { Config } from '@jest/types';
import { readConfig } from 'jest-config';
import TestRunner from 'jest-runner';
import Runtime from 'jest-runtime';
import { TestWatcher } from 'jest-watcher';
import { REPOSITORY } from '../scratch-copy';
import { MUTATED } from './mutants';
import { currentRun } from './switches';

const CONFIG = join(MUTATED, 'jest.config.json');

/** Writes the configuration of `npm test`, changed to use the mutated library. */
export function writeTestConfig(): void {
  const { jest } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as { jest: Config.InitialOptions };
  writeFileSync(CONFIG, JSON.stringify({
    ...jest,
    rootDir: REPOSITORY,
    testEnvironment: join(__dirname, 'mutation-environment.ts'),
    transform: { [`^${REPOSITORY}/src/.+\\.ts$`]: join(__dirname, 'mutated-source.js'), ...jest.transform },
  }));
}

/** Runs test files in this process, one after the other. */
export class TestFiles {
  public static async load(): Promise<TestFiles> {
    const { globalConfig, projectConfig } = await readConfig({ $0: 'jest', _: [], ci: true, silent: true }, CONFIG);
    const context = await Runtime.createContext(projectConfig, { console, maxWorkers: 1, watch: false, watchman: false });
    return new TestFiles(new TestRunner(globalConfig, {}), context);
  }

  private constructor(
    private readonly runner: TestRunner,
    private readonly context: Awaited<ReturnType<typeof Runtime.createContext>>,
  ) {}

  /** Whether the file could be run without a failed test. */
  public async run(file: string): Promise<boolean> {
    let passed = false;
    const stop = this.runner.on('test-file-success', ([, result]) => {
      passed = result.numFailingTests === 0 && !result.testExecError;
    });
    currentRun().done = false;
    try {
      const test = { path: join(REPOSITORY, file), context: this.context };
      await this.runner.runTests([test], new TestWatcher({ isWatchMode: false }), { serial: true });
    } finally {
      stop();
    }
    return passed;
  }
}
