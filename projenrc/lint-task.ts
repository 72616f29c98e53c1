import { Component, Task, typescript } from 'projen';

/**
 * `lint`: the linter and the type check side by side, and nothing is written. `npx projen eslint --fix` mends what can be mended.
 */
export class LintTask extends Component {
  private readonly parts: Task[];

  constructor(project: typescript.TypeScriptProject, typecheck: Task) {
    super(project);
    this.parts = [project.eslint!.eslintTask, typecheck];

    // Imports from far to near; by default it is the alphabet that puts './' before '../'.
    project.eslint!.addRules({
      'import/order': ['warn', {
        groups: ['builtin', 'external', 'parent', 'sibling', 'index'],
        pathGroups: [{ pattern: project.name, group: 'external' }], // as an example imports it
        pathGroupsExcludedImportTypes: [],
        alphabetize: { order: 'asc', caseInsensitive: true },
      }],
    });
  }

  /** Has a task run as a part of `lint`. */
  public add(part: Task): void {
    this.parts.push(part);
  }

  /** `test` comes with all of it, after jest: that is what one waits for. */
  public preSynthesize(): void {
    const names = this.parts.map(({ name }) => name);
    const lint = this.project.addTask('lint', {
      description: 'Lint and type-check everything, without writing',
      execArgs: ['ts-node', '--transpile-only', '--project', 'tsconfig.dev.json', 'scripts/side-by-side.ts', ...names],
    });
    const { testTask } = this.project;
    testTask.steps.map(({ spawn }, index) => names.includes(spawn ?? '') ? index : -1).filter(index => index >= 0).reverse()
      .forEach(index => testTask.removeStep(index));
    testTask.spawn(lint);
  }
}
