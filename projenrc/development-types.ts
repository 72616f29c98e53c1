import { Component, javascript, Task, typescript } from 'projen';

/**
 * One TypeScript configuration over everything in the repository, for the type check, for the linter and for what ts-node runs.
 * The root `tsconfig.json` is jsii's and covers `src/` alone.
 */
export class DevelopmentTypes extends Component {
  public readonly typecheckTask: Task;

  constructor(project: typescript.TypeScriptProject, devDirectories: string[]) {
    super(project);
    const directories = ['src', ...devDirectories, 'projenrc'];
    const config = new javascript.TypescriptConfig(project, {
      fileName: 'tsconfig.dev.json',
      include: ['.projenrc.ts', ...directories.map((directory) => `${directory}/**/*.ts`)],
      compilerOptions: {
        noEmit: true,
        declaration: false,
        rootDir: '.',
        paths: { [project.name]: ['./src/index.ts'] }, // the examples import the package, so that they can be copied out
      },
    });
    config.addExtends(project.tsconfig!);

    this.typecheckTask = project.addTask('typecheck', {
      description: 'Type-check everything: jest and ts-node only transpile',
      execArgs: ['tsc', '--project', config.fileName],
    });
  }
}
