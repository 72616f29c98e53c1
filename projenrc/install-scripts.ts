import { Component, javascript } from 'projen';

/** Packages whose install script only builds or downloads what their prebuilt optional dependency already contains. */
const NOT_NEEDED = ['@parcel/watcher', 'esbuild', 'unrs-resolver'];

/** Disables all install scripts of dependencies, so that `npm ci` runs none of them and does not ask. */
export class InstallScripts extends Component {
  constructor(project: javascript.NodeProject) {
    super(project);
    project.package.addField('allowScripts', Object.fromEntries(NOT_NEEDED.map((name) => [name, false])));
  }
}
