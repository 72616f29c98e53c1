import { Component, Task, typescript } from 'projen';

/** The tasks for work on the library, and those that check its generated files and its packages. */
export class WorkingTasks extends Component {
  constructor(project: typescript.TypeScriptProject) {
    super(project);
    // tsx supports the `paths` of the configuration, because the examples import the package by its name.
    project.addTask('demo', {
      description: 'Synthesize the examples without and with the library, and show the difference',
      steps: [{ execArgs: ['tsx', '--tsconfig', 'tsconfig.dev.json', 'demo/run.ts'], receiveArgs: true }],
    });
    this.add('policies', 'scripts/print-policies.ts', 'Print the policies of the guardrails for review');
    this.add('fuzz', 'test/fuzz/run.ts', 'Hold the library against its laws on random apps and templates');
    this.add('bench', 'bench/run.ts', 'Measure what the library costs at synth');

    const docs = this.add('docs', 'docs/generate.ts', 'Write the documentation that is generated from the tables');
    project.postCompileTask.spawn(docs);
    for (const path of ['/docs/COVERAGE.md', '/docs/RULES.md', '/guard/**']) { project.annotateGenerated(path); }

    const apps = this.add('check:apps', 'scripts/check-apps.ts', 'Fail when an example or code in the documentation does not synthesize as an app of cdk init (compile first)');
    project.buildWorkflow?.addPostBuildJobCommands('check-apps', [project.compileTask, apps].map(task => project.runTaskCommand(task)), {
      checkoutRepo: true,
      installDeps: true,
      tools: { node: { version: project.package.minNodeVersion! } },
    });

    const contents = this.add('check:package', 'scripts/check-package.ts', 'Fail when the package lacks a file or a language cannot be generated (compile first)');
    const imports = this.add('check:imports', 'scripts/check-imports.ts', 'Fail when the package cannot be imported in one of the ways that apps do (compile first)');
    project.buildWorkflow?.addPostBuildJobCommands('check-package', [project.compileTask, contents, imports].map(task => project.runTaskCommand(task)), {
      checkoutRepo: true,
      installDeps: true,
      tools: { node: { version: project.package.minNodeVersion! } },
    });

    const floor = this.add('test:floor', 'scripts/test-floor.ts', 'Compile and test with the oldest peers that are allowed');
    project.buildWorkflow?.addPostBuildJobCommands('test-floor', [project.runTaskCommand(floor)], {
      checkoutRepo: true,
      installDeps: true,
      tools: { node: { version: project.package.minNodeVersion! } },
    });

    this.add('test:browser', 'scripts/test-browser.ts', 'Test the HTML report in a real browser, which is installed where there is none');
    this.add('test:engines', 'test/engines/run.ts', 'Run event patterns and SQL on the engines of AWS\'s services (needs Java 17 and Maven)');
    this.add('report:screenshots', 'scripts/report-screenshots.ts', 'Take pictures of the HTML report, to be looked at');

    this.add('usage:picture', 'scripts/usage-dashboard-picture.ts', 'Draw the dashboard for the use of IMDSv1, for the documentation');

    this.add('check:generated', 'scripts/check-generated.ts', 'Fail when a generated file is not current').prependSpawn(project.compileTask);
  }

  /** These tasks run without a type check, for speed. The linter does it. */
  private add(name: string, file: string, description: string): Task {
    return this.project.addTask(name, {
      description,
      steps: [{ execArgs: ['ts-node', '--transpile-only', '--project', 'tsconfig.dev.json', file], receiveArgs: true }],
    });
  }
}
