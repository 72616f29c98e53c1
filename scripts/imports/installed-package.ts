import { execFileSync } from 'child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'fs';
import { join } from 'path';
import { REPOSITORY } from '../scratch-copy';

/** The other packages of an app: its peers, cdk-nag, and tools to compile, run and test it. */
const BESIDE = ['aws-cdk-lib', 'constructs', 'cdk-nag', 'typescript', 'ts-node', 'tsx', 'jest', 'ts-jest', '@types'];

/** Packs the package, and installs it in a directory as npm does. Returns its path. */
export function installPackage(directory: string): string {
  const modules = join(directory, 'node_modules');
  mkdirSync(modules);
  for (const name of BESIDE) { symlinkSync(join(REPOSITORY, 'node_modules', name), join(modules, name)); }
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', directory], { cwd: REPOSITORY });
  const tarball = readdirSync(directory).find(name => name.endsWith('.tgz'))!;
  execFileSync('tar', ['-xzf', tarball], { cwd: directory });
  const installed = join(modules, 'cdk-imdsv2');
  cpSync(join(directory, 'package'), installed, { recursive: true });
  return installed;
}
