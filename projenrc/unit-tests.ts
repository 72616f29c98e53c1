import { Component, typescript } from 'projen';

/**
 * jest looks in `test/` alone, and CDK's own template validation is off there: it costs seconds on the first synth of every file.
 */
export class UnitTests extends Component {
  constructor(project: typescript.TypeScriptProject) {
    super(project);
    const jest = project.jest!;
    jest.config.collectCoverageFrom = ['src/**/*.ts'];
    jest.config.testMatch = ['<rootDir>/test/**/*.test.ts'];
    jest.addSetupFile('<rootDir>/test/setup/cdk-validation-off.ts');
  }
}
