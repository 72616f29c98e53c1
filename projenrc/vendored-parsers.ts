import { Component, typescript } from 'projen';

/**
 * `parsers`: bundles the parsers for shell, YAML, TOML, XML and package URLs into the library before it is compiled.
 *
 * Their versions are pinned, because each new version is new code in the library that needs a review.
 */
export class VendoredParsers extends Component {
  constructor(project: typescript.TypeScriptProject) {
    super(project);
    const task = project.addTask('parsers', {
      description: 'Bundle the parsers for shell, YAML, TOML, XML and package URLs into the library',
      execArgs: ['ts-node', '--transpile-only', '--project', 'tsconfig.dev.json', 'scripts/bundle-parsers.ts'],
    });
    project.preCompileTask.spawn(task);
  }
}
