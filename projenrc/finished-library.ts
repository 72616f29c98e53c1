import { Component, typescript } from 'projen';

/**
 * Finishes the compiled library: files are loaded when they are used, the files of enforcement are bundled, and comments and source maps are removed.
 */
export class FinishedLibrary extends Component {
  constructor(project: typescript.TypeScriptProject) {
    super(project);
    project.compileTask.exec('ts-node --transpile-only --project tsconfig.dev.json scripts/library/finish.ts', { name: 'finish' });
  }
}
