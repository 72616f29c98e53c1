import { Component, javascript, Task, typescript } from 'projen';

/**
 * One TypeScript configuration for all code of the repository: for the type check, the linter and ts-node. The `tsconfig.json` at the root belongs to
 * jsii, and covers only `src/`.
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
        paths: { [project.name]: ['./src/index.ts'] }, // the examples import the package by its name, so that readers can copy them
      },
    });
    config.addExtends(project.tsconfig!);

    this.typecheckTask = project.addTask('typecheck', {
      description: 'Type-check everything: jest and ts-node only transpile',
      execArgs: ['tsc', '--project', config.fileName],
    });
  }
}
