import { cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'fs';
import { dirname, join, parse } from 'path';
import * as ts from 'typescript';
import { REPOSITORY } from '../scratch-copy';
import type { AppDirectory } from './app-directory';
import { APP } from './app-directory';

/** The packages that are installed: the compiled package itself, its peers, and other packages of the examples. */
const INSTALLED = ['aws-cdk-lib', 'constructs', 'cdk-nag'];

/** Files that run in the process of the apps. */
const RUN_WITH_APPS = ['app-directory.ts', 'environment.ts', 'fixtures.ts', 'synthesize.ts'];

/** The folder of apps with less common forms of constructs, one in each file. */
const FORMS = join(__dirname, 'forms');

/** The usage record that documented apps read, and the path where they expect it. */
const USAGE = 'examples/transition/imdsv1-usage.json';
const PLACES_OF_USAGE = [USAGE, 'imdsv1-usage.json'];

/** The folders in which documented apps search for SDKs. */
const FOLDERS_OF_SDKS = ['examples/transition/service', 'examples/transition/service-of-2019', 'examples/transition/service-without-lock'];

/** The import of the package in an example of this repository. */
const IMPORT_OF_PACKAGE = /'(?:\.\.\/)+src(\/nag)?'/g;

/** A directory with apps. Packages are found in it as in an app of a user. */
export class Workspace {
  /** The file that runs apps. */
  public readonly runner: string;

  public constructor(private readonly root: string) {
    this.runner = join(root, 'synthesize.js');
    installPackages(join(root, 'node_modules'));
    for (const file of RUN_WITH_APPS) { transpile(join(__dirname, file), join(root, file)); }
  }

  /** Copies the examples. As in the apps of readers, they import the package by its name. */
  public addExamples(): AppDirectory[] {
    const examples = join(this.root, 'examples');
    cpSync(join(REPOSITORY, 'examples'), examples, { recursive: true });
    for (const file of readdirSync(examples, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))) {
      transpile(join(examples, file), join(examples, file));
    }
    return readdirSync(examples, { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(({ name }) => ({ name: `examples/${name}`, path: join(examples, name) }));
  }

  /** Adds the apps with less common forms of constructs. */
  public addForms(): AppDirectory[] {
    const files = readdirSync(FORMS).sort();
    return files.map(file => this.addProgram(`forms/${parse(file).name}`, readFileSync(join(FORMS, file), 'utf8')));
  }

  /** Adds an app with one file. */
  public addProgram(name: string, program: string): AppDirectory {
    const path = join(this.root, name.replace(/\W+/g, '-'));
    mkdirSync(path);
    writeFileSync(join(path, APP), javaScript(program));
    for (const place of PLACES_OF_USAGE) { cpSync(join(REPOSITORY, USAGE), join(path, place)); }
    for (const folder of FOLDERS_OF_SDKS) { cpSync(join(REPOSITORY, folder), join(path, folder), { recursive: true }); }
    return { name, path };
  }
}

function installPackages(modules: string): void {
  mkdirSync(modules);
  for (const name of INSTALLED) { symlinkSync(join(REPOSITORY, 'node_modules', name), join(modules, name)); }
  symlinkSync(REPOSITORY, join(modules, 'cdk-imdsv2'));
}

/** Compiles a TypeScript file to JavaScript. */
function transpile(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to.replace(/\.ts$/, '.js'), javaScript(readFileSync(from, 'utf8')));
}

function javaScript(typeScript: string): string {
  const { outputText } = ts.transpileModule(typeScript.replace(IMPORT_OF_PACKAGE, (_, nag?: string) => nag ? '\'cdk-imdsv2/lib/nag\'' : '\'cdk-imdsv2\''), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  });
  return outputText;
}
