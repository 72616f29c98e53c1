import { Component, Task, typescript } from 'projen';

/**
 * `lint`: the linter and the type check, and nothing is written. `npx projen eslint --fix` mends what can be mended.
 */
export class LintTask extends Component {
  public readonly task: Task;

  constructor(project: typescript.TypeScriptProject, typecheck: Task) {
    super(project);
    this.task = project.addTask('lint', { description: 'Lint and type-check everything, without writing' });
    this.task.spawn(project.eslint!.eslintTask);
    this.task.spawn(typecheck);

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
}
