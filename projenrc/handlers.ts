import { Component, typescript } from 'projen';

/** The modules that bundlers write: the code of the Lambda functions, and of the HTML report. */
const GENERATED = '/src/**/*.generated.ts';

/** `handlers`: bundles the Lambda functions into the library before it is compiled. */
export class Handlers extends Component {
  constructor(project: typescript.TypeScriptProject) {
    super(project);
    const task = project.addTask('handlers', {
      description: 'Bundle the Lambda functions of custom resources into the library',
      execArgs: ['ts-node', '--transpile-only', '--project', 'tsconfig.dev.json', 'scripts/bundle-handlers.ts'],
    });
    project.preCompileTask.spawn(task);
    project.annotateGenerated(GENERATED);
  }
}
