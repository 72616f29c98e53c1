import { Component, github, typescript } from 'projen';

/** Actions pinned to the commit of their version, because a tag can be moved. projen pins the others. */
const COMMITS: { readonly [action: string]: string } = {
  'actions/setup-node@v7.0.0': '820762786026740c76f36085b0efc47a31fe5020',
  'actions/setup-java@v6.0.0': 'dd06d9cba3e5552c54d9f8ea23572deb30010f7c',
  'actions/setup-python@v7.0.0': '5fda3b95a4ea91299a34e894583c3862153e4b97',
  'actions/setup-dotnet@v6.0.0': 'a98b56852c35b8e3190ac28c8c2271da59106c68',
  'actions/setup-go@v7.0.0': 'b7ad1dad31e06c5925ef5d2fc7ad053ef454303e',
  'peter-evans/create-pull-request@v8.1.1': '5f6978faf089d4d20b00c7766989d076bb2fc7f1',
};

/** The publisher. The lock file has the hashes of it and of its dependencies. */
const PUBLIB = 'publib@0.2.1061';

const { READ } = github.workflows.JobPermission;
type Job = github.workflows.Job;
type Step = github.workflows.JobStep;

/**
 * Makes the workflows safer: everything is pinned, jobs have only the permissions that they need, and jobs with secrets run neither code of the
 * project nor of its dependencies, except the publisher. `test/projenrc/workflows.test.ts` checks this.
 */
export class SafeWorkflows extends Component {
  private readonly github: github.GitHub;

  constructor(project: typescript.TypeScriptProject) {
    super(project);
    this.github = project.github!;
    project.addDevDeps(PUBLIB);
    for (const [action, commit] of Object.entries(COMMITS)) { this.github.actions.set(action, `${action.split('@')[0]}@${commit}`); }
  }

  /** The jobs of a release exist only after projen's own component has added them. */
  public preSynthesize(): void {
    for (const workflow of this.github.workflows) {
      workflow.file?.addOverride('permissions', { contents: 'read' });
      if (!workflow.jobs.release_npm) { continue; }
      const built = workflow.getJob('release') as Job;
      workflow.updateJob('release', { ...built, permissions: { ...built.permissions, contents: READ } });
      for (const id of Object.keys(workflow.jobs).filter(name => /^release_(?!github)/.test(name))) { separate(workflow, id); }
    }
  }
}

/** Splits a job: one job without secrets packages, and another one publishes the result. */
function separate(workflow: github.GithubWorkflow, id: string): void {
  const job = workflow.getJob(id) as Job;
  const steps = stepsOf(job);
  const publish = steps[steps.length - 1];
  const packing = id.replace('release', 'package');
  const language = id.replace('release_', '');
  workflow.updateJob(id, {
    ...job,
    needs: [...job.needs ?? [], packing],
    steps: [
      github.WorkflowSteps.checkout({}),
      { name: 'Install what publishes', run: 'npm ci --ignore-scripts' },
      github.WorkflowSteps.downloadArtifact({ with: { name: `package-${language}`, path: 'dist' } }),
      { ...publish, run: commandOf(publish) },
    ],
  });
  workflow.addJob(packing, {
    ...job,
    name: `Package for ${language}`,
    permissions: { contents: READ },
    environment: undefined,
    steps: [...steps.slice(0, -1), github.WorkflowSteps.uploadArtifact({ with: { name: `package-${language}`, path: 'dist', overwrite: true } })],
  });
}

/** The command that publishes, with the installed publisher. */
function commandOf({ run = '' }: Step): string {
  const [command] = /publib-\w+/.exec(run) ?? [];
  if (!command) { throw new Error(`this does not publish: ${run}`); }
  return `npx --no-install ${command}`;
}

function stepsOf({ steps }: Job): readonly Step[] {
  return typeof steps === 'function' ? (steps as () => Step[])() : steps;
}
