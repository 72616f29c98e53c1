import { Component, typescript } from 'projen';

/**
 * Silences two warnings of jsii: about parameters named like keywords of other languages, and about devDependencies that are newer than the lowest
 * peer version. Both are intended. `npm run test:floor` compiles and tests with the lowest version.
 */
const SILENCED = ['reserved-word', 'metadata/missing-dev-dependency'];

export class CompileWarnings extends Component {
  constructor(project: typescript.TypeScriptProject) {
    super(project);
    const flags = SILENCED.map((warning) => `--silence-warnings=${warning}`);
    project.compileTask.reset(['jsii', ...flags].join(' '));
    project.watchTask.reset(['jsii', '-w', ...flags].join(' '));
  }
}
