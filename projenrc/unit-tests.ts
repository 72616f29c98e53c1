import { Component, typescript } from 'projen';

/** Packages that all test files of a worker share: loading them takes longer than most files then run. */
const SHARED = '/node_modules/(aws-cdk-lib|constructs)/';

/** Tests that take long and seldom fail alone. A submission runs them, `npm test` does not. */
const LONG = '\\.long\\.test\\.ts$';

/**
 * jest looks in `test/` alone. CDK's own template validation is off there: it costs seconds on the first synth of every file. So is coverage, which
 * nearly doubles the time: `test:coverage` measures it.
 */
export class UnitTests extends Component {
  constructor(project: typescript.TypeScriptProject) {
    super(project);
    const { config } = project.jest!;
    config.collectCoverage = false;
    config.collectCoverageFrom = ['src/**/*.ts'];
    config.testMatch = ['<rootDir>/test/**/*.test.ts'];
    config.moduleNameMapper = { [`^${project.name}$`]: '<rootDir>/src' }; // the examples import the package by its name
    config.testEnvironment = '<rootDir>/test/setup/one-realm-environment.ts';
    config.transform = { [`${SHARED}.+\\.js$`]: '<rootDir>/test/setup/native-module.js', ...config.transform };
    config.transformIgnorePatterns = ['/node_modules/(?!(aws-cdk-lib|constructs)/)'];
    config.globalSetup = '<rootDir>/test/setup/scratch-in-memory.ts';
    project.jest!.addIgnorePattern(LONG);
    project.jest!.addSetupFile('<rootDir>/test/setup/cdk-validation-off.ts');

    // What an environment of jest is made of, in the versions that jest brings along.
    project.addDevDeps('@jest/environment@^30', '@jest/fake-timers@^30', 'jest-mock@^30');
    // Many of them wait for a server, so there is room for more of them than there are cores.
    const long = project.addTask('test:long', {
      description: 'Run the tests that take long',
      steps: [{ execArgs: ['jest', LONG, '--ci', '--maxWorkers=150%', '--testPathIgnorePatterns', '/node_modules/'], receiveArgs: true }],
    });
    project.buildWorkflow?.addPostBuildJobCommands('test-long', [project.runTaskCommand(long)], {
      checkoutRepo: true,
      installDeps: true,
      tools: { node: { version: project.package.minNodeVersion! } },
    });
    project.addTask('test:coverage', {
      description: 'Run the tests and write coverage/',
      steps: [{ execArgs: ['jest', '--ci', '--coverage'], receiveArgs: true }],
    });
  }
}
