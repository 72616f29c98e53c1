import { Component, javascript } from 'projen';

/**
 * The npm package contains the compiled library, its jsii assembly and API reference, the Guard rules and the schemas, in addition to the files that
 * npm always adds. Nothing else at the top of the repository is added. `npm run check:package` checks the result.
 */
export class PackageContents extends Component {
  constructor(project: javascript.NodeProject) {
    super(project);
    project.gitignore.exclude('cdk.out', '/node_modules'); // also if it is a link
    project.npmignore!.addPatterns('/*', '!/lib/', '!/guard/', '/guard/tests/', '!/schema/', '!/.jsii', '!/API.md');
  }
}
