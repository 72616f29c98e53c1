import { Component, JsonFile, javascript, Task, typescript } from 'projen';
import type { DevelopmentTypes } from './development-types';
import type { LintTask } from './lint-task';

const DIRECTORY = 'report-page';

/**
 * The script and the style sheet of the HTML report. They run in a browser, so they have their own types and linter. They are bundled into the
 * library before it is compiled (`report:page`).
 */
export class ReportPage extends Component {
  constructor(project: typescript.TypeScriptProject, { lint, types }: { readonly lint: LintTask; readonly types: DevelopmentTypes }) {
    super(project);
    const config = new javascript.TypescriptConfig(project, {
      fileName: `${DIRECTORY}/tsconfig.json`,
      include: ['**/*.ts'],
      compilerOptions: { noEmit: true, declaration: false, rootDir: '.', lib: ['es2022', 'dom', 'dom.iterable'], types: [] },
    });
    config.addExtends(project.tsconfig!);
    types.add(config);

    project.eslint!.addLintPattern(DIRECTORY);

    lint.add(this.addStylelint(project));

    project.preCompileTask.spawn(project.addTask('report:page', {
      description: 'Bundle the script and the style sheet of the HTML report into the library',
      execArgs: ['ts-node', '--transpile-only', '--project', 'tsconfig.dev.json', 'scripts/bundle-report-page.ts'],
    }));
  }

  /** Stylelint finds errors, such as an unknown property or one that the same rule overwrites. It does not check the formatting. */
  private addStylelint(project: typescript.TypeScriptProject): Task {
    project.addDevDeps('stylelint@^16', 'stylelint-config-recommended@^17'); // later versions need Node 22
    new JsonFile(project, '.stylelintrc.json', {
      obj: {
        extends: 'stylelint-config-recommended',
        rules: {
          'no-descending-specificity': null, // the sheet is ordered by the parts of the page
        },
      },
    });
    return project.addTask('stylelint', {
      description: 'Lints the style sheet of the HTML report',
      exec: `stylelint --max-warnings=0 "${DIRECTORY}/**/*.css"`,
    });
  }
}
