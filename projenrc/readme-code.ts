import { Component, typescript } from 'projen';

/** Compiles the code of the README and of the docstrings against the current library, in strict mode. */
export class ReadmeCode extends Component {
  /** @param exampleDependencies packages that an example can import in addition to the peers */
  constructor(project: typescript.TypeScriptProject, exampleDependencies: Record<string, string>) {
    super(project);
    project.addFields({ jsiiRosetta: { strict: true, exampleDependencies } });
    const check = project.addTask('check:readme', {
      description: 'Fail when code in the README or in a docstring does not compile (compile first)',
      execArgs: ['jsii-rosetta', 'extract', '.'],
    });
    project.postCompileTask.spawn(check);

    // jsii also writes the translations to other languages.
    project.gitignore.exclude('.jsii.tabl.json');
    project.addPackageIgnore('.jsii.tabl.json');
  }
}
