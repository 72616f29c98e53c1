/**
 * Compiles and tests with the oldest versions that the peer ranges allow, in a copy with an installation of its own.
 *
 * Whole-template snapshots (`*.snapshot.test.ts`) are left out: CDK itself renders other templates there.
 */
import { readFileSync } from 'fs';
import { join } from 'path';
import { run } from './run';
import { REPOSITORY, scratchCopy } from './scratch-copy';

function main(): void {
  const copy = scratchCopy();
  run(copy, 'npm', 'ci', '--no-audit', '--no-fund');
  // Development tools may ask for more than the floor (cdk-nag does); that does not matter here.
  run(copy, 'npm', 'install', '--no-save', '--legacy-peer-deps', '--no-audit', '--no-fund', ...floor());
  run(copy, 'npx', 'projen', 'compile');
  run(copy, 'npx', 'jest', '--ci', '--coverage=false', '--testPathIgnorePatterns', '/node_modules/', '\\.snapshot\\.test\\.ts$');
}

/** `['aws-cdk-lib@2.262.0', ...]` */
function floor(): string[] {
  const { peerDependencies } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));
  return Object.entries<string>(peerDependencies).map(([name, range]) => `${name}@${range.replace('^', '')}`);
}

main();
