import { Component, javascript } from 'projen';

/**
 * The entries of the package (`exports`). When ES modules import the package, Node.js and TypeScript need this map to find a folder, or a file
 * without its extension. Everything that could be imported before there was a map must stay: `npm run check:package` tests this.
 */
const ENTRIES = {
  '.': './lib/index.js',
  './lib': './lib/index.js',
  './lib/nag': './lib/nag/index.js',
  './lib/*.js': './lib/*.js',
  './lib/*': './lib/*.js',
  './guard/*': './guard/*',
  './schema/*': './schema/*',
  './package.json': './package.json',
  './.jsii': './.jsii',
  './API.md': './API.md',
  './README.md': './README.md',
  './LICENSE': './LICENSE',
};

/** Adds the entries to `package.json`. */
export class PackageEntries extends Component {
  constructor(project: javascript.NodeProject) {
    super(project);
    project.package.addField('exports', ENTRIES);
  }
}
