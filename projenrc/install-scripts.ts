import { Component, javascript } from 'projen';

/** Packages with an install script that only builds or fetches what their prebuilt optional dependency already brings. */
const NOT_NEEDED = ['@parcel/watcher', 'esbuild', 'unrs-resolver'];

/**
 * Decides about the install scripts of dependencies, so that `npm ci` has nothing to ask: none of them runs.
 */
export class InstallScripts extends Component {
  constructor(project: javascript.NodeProject) {
    super(project);
    project.package.addField('allowScripts', Object.fromEntries(NOT_NEEDED.map((name) => [name, false])));
  }
}
