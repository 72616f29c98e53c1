/**
 * Compiles and tests with the oldest supported versions of the peers, in a copy with its own installation.
 *
 * Snapshots of whole templates (`*.snapshot.test.ts`) are skipped, because older versions of CDK render other templates.
 */
import { readFileSync } from 'fs';
import { join } from 'path';
import { run } from './run';
import { REPOSITORY, scratchCopy } from './scratch-copy';

function main(): void {
  const copy = scratchCopy();
  run(copy, 'npm', 'ci', '--no-audit', '--no-fund');
  // Development tools such as cdk-nag can require newer versions. This does not matter here.
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
