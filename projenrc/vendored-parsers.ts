import { Component, typescript } from 'projen';

/**
 * `parsers`: bundles the parsers for shell, YAML, TOML, XML and package URLs into the library, before it is compiled.
 *
 * Their versions are pinned exactly: another version is another program in the library, and is to be looked at.
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
