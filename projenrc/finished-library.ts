import { Component, typescript } from 'projen';

/**
 * Finishes what jsii compiled: files load when they are used, those of enforcement lie in one, and comments and source maps go.
 */
export class FinishedLibrary extends Component {
  constructor(project: typescript.TypeScriptProject) {
    super(project);
    project.compileTask.exec('ts-node --transpile-only --project tsconfig.dev.json scripts/library/finish.ts', { name: 'finish' });
  }
}
