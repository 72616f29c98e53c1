import { Component, javascript, Task, typescript } from 'projen';

/**
 * One TypeScript configuration for all code of the repository: for the type check, the linter and ts-node. The `tsconfig.json` at the root belongs to
 * jsii, and covers only `src/`.
 */
export class DevelopmentTypes extends Component {
  public readonly typecheckTask: Task;
  private readonly configs: string[];

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

    this.configs = [config.fileName];
    this.typecheckTask = project.addTask('typecheck', { description: 'Type-check everything, with the lint rules that need types: jest and ts-node only transpile' });
  }

  /** Makes another configuration a part of the type check. */
  public add(config: javascript.TypescriptConfig): void {
    this.configs.push(config.fileName);
  }

  public preSynthesize(): void {
    this.typecheckTask.reset(['ts-node', '--transpile-only', '--project', 'tsconfig.dev.json', 'scripts/check-types.ts', ...this.configs].join(' '));
  }
}
