import { Component, Task, typescript } from 'projen';

/** `lint`: the linter and the type check in parallel. It writes nothing. `npx projen eslint --fix` fixes what can be fixed. */
export class LintTask extends Component {
  private readonly parts: Task[];

  constructor(project: typescript.TypeScriptProject, typecheck: Task) {
    super(project);
    this.parts = [project.eslint!.eslintTask, typecheck];

    // Types take half of the time of the linter, and the compiler knows them: scripts/check-types.ts checks these rules.
    delete project.eslint!.config.parserOptions.project;
    project.eslint!.addRules({ '@typescript-eslint/no-floating-promises': 'off', '@typescript-eslint/return-await': 'off' });

    // Imports are sorted from far to near. Sorted by the alphabet, './' would come before '../'.
    project.eslint!.addRules({
      'import/order': ['warn', {
        groups: ['builtin', 'external', 'parent', 'sibling', 'index'],
        pathGroups: [{ pattern: project.name, group: 'external' }], // as in the examples
        pathGroupsExcludedImportTypes: [],
        alphabetize: { order: 'asc', caseInsensitive: true },
      }],
    });
  }

  /** Makes a task a part of `lint`. */
  public add(part: Task): void {
    this.parts.push(part);
  }

  /** `test` runs `lint` at the end, after jest, because failing tests are more interesting. */
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
