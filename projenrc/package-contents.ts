import { Component, javascript } from 'projen';

/**
 * The npm package is the compiled library, its jsii assembly and its API reference, the Guard rules and the schema of the report,
 * besides what npm always adds; whatever else comes to lie at the top of the repository stays out. `npm run check:package` looks at the result.
 */
export class PackageContents extends Component {
  constructor(project: javascript.NodeProject) {
    super(project);
    project.gitignore.exclude('cdk.out', '/node_modules'); // also where that is a link
    project.npmignore!.addPatterns('/*', '!/lib/', '!/guard/', '/guard/tests/', '!/schema/', '!/.jsii', '!/API.md');
  }
}
