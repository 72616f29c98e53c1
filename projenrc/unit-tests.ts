import { Component, typescript } from 'projen';

/** Packages that all test files of a worker share, because loading them takes longer than running most files. */
const SHARED = '/node_modules/(aws-cdk-lib|constructs)/';

/** Slow tests that rarely fail alone. CI runs them, `npm test` does not. Long ones mostly wait, for example for a server. Heavy ones compute. */
const LONG = '\\.long\\.test\\.ts$';
const HEAVY = '\\.heavy\\.test\\.ts$';

/**
 * jest runs the tests in `test/`. CDK's own template validation is off there, because it takes seconds at the first synthesis in every file. Coverage
 * is off, too, because it nearly doubles the time: `test:coverage` measures it.
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
    project.jest!.addIgnorePattern(HEAVY);
    project.jest!.addSetupFile('<rootDir>/test/setup/cdk-validation-off.ts');

    // The parts of a jest environment, in the versions of jest.
    project.addDevDeps('@jest/environment@^30', '@jest/fake-timers@^30', 'jest-mock@^30');
    const ci = ['--ci', '--testPathIgnorePatterns', '/node_modules/'];
    const long = project.addTask('test:long', {
      description: 'Run the tests that take long',
      steps: [
        // A worker for each file, because most of them wait. Those that compute share few processors, so each test has more time.
        { execArgs: ['jest', LONG, ...ci, '--maxWorkers=24', '--testTimeout=300000'], receiveArgs: true },
      ],
    });
    const heavy = project.addTask('test:heavy', {
      description: 'Run the tests that compute much',
      steps: [{ execArgs: ['jest', HEAVY, ...ci], receiveArgs: true }],
    });
    project.buildWorkflow?.addPostBuildJobCommands('test-long', [long, heavy].map(task => project.runTaskCommand(task)), {
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
