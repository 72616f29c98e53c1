import { Component, typescript } from 'projen';

/** `mutation`: measures how good the tests are. It takes too long for a pull request. */
export class Mutation extends Component {
  constructor(project: typescript.TypeScriptProject) {
    super(project);
    project.addDevDeps(
      '@stryker-mutator/instrumenter@^9', // later versions need Node 22
      // The parts of jest that can run a test file in a long-running process.
      ...['jest-config', 'jest-runner', 'jest-runtime', 'jest-watcher', '@jest/types'].map(name => `${name}@^30`),
    );
    project.addTask('mutation', {
      description: 'Change the library in one place after the other, and see whether a test fails',
      steps: [{
        execArgs: ['ts-node', '--transpile-only', '--project', 'tsconfig.dev.json', 'scripts/mutation/run.ts'],
        receiveArgs: true,
      }],
    });
    project.gitignore.exclude('/.mutation/');
  }
}
