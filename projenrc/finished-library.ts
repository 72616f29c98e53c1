import { Component, typescript } from 'projen';

/**
 * Finishes what jsii compiled: the index loads a file when it is used, and the source maps go.
 */
export class FinishedLibrary extends Component {
  constructor(project: typescript.TypeScriptProject) {
    super(project);
    project.compileTask.exec('ts-node --transpile-only --project tsconfig.dev.json scripts/finish-library.ts', { name: 'finish' });
  }
}
