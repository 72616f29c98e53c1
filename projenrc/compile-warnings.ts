import { Component, typescript } from 'projen';

/**
 * Silences what jsii warns of and we mean: parameters named like keywords of other languages, and devDependencies that are newer
 * than the floor of the peer range. `npm run test:floor` compiles and tests at the floor.
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
