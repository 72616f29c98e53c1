import { Component, javascript } from 'projen';

/**
 * What of the package can be imported, and where it lies. Node.js and TypeScript find a folder or a file without its ending by this map alone when ES
 * modules import it. Everything that could be imported before there was a map stays: `npm run check:package` tries it.
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

/** Says what of the package can be imported. */
export class PackageEntries extends Component {
  constructor(project: javascript.NodeProject) {
    super(project);
    project.package.addField('exports', ENTRIES);
  }
}
