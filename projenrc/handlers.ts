import { Component, typescript } from 'projen';

/** What bundlers write: the code of the functions, and that of the HTML report, as modules of the library. */
const GENERATED = '/src/**/*.generated.ts';

/**
 * `handlers`: bundles the Lambda functions of custom resources into the library, before it is compiled.
 */
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
