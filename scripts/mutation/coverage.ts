import { execFileSync } from 'child_process';
import { createHash } from 'crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { join, relative } from 'path';
import { REPOSITORY } from '../scratch-copy';
import type { Covered } from './jobs';
import { MUTATED, sourceFiles } from './mutants';
import { Pool } from './pool';

/** Tests that do not test the library itself. */
const NOT_RUN = /^test\/(apps|browser|docs|handlers|lint|setup)\//;

const KEPT = join(MUTATED, 'coverage.json');

/** The mutants that each test reaches, and those that loading the library reaches. */
export interface Coverage {
  readonly atLoad: readonly string[];
  readonly files: readonly Covered[];
}

/** The coverage of the tests. It takes as long as the tests themselves, so it is cached until a file changes. */
export async function coverageOf(tests: string, workers: number): Promise<Coverage> {
  const key = fingerprint(tests);
  const kept = existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, 'utf8')) as Coverage & { readonly key: string } : undefined;
  if (kept?.key === key) { return kept; }
  const coverage = await measured(relatedTestFiles(tests), new Pool(workers));
  writeFileSync(KEPT, JSON.stringify({ key, ...coverage }));
  return coverage;
}

async function measured(names: readonly string[], pool: Pool): Promise<Coverage> {
  const files: Covered[] = [];
  await pool.run<Covered>(names.map(file => ({ kind: 'cover', file })), ({ file }, covered = tooSlow(file)) => {
    files.push(covered);
    console.error(`coverage ${files.length}/${names.length} ${file} ${covered.cost.toFixed(1)} s, ${covered.failed.length} failed`);
  });
  return { atLoad: pool.atLoad, files: files.sort((a, b) => a.file < b.file ? -1 : 1) };
}

/**
 * The result of a test file that takes too long. With counters everywhere, a test with megabytes of data exceeds the time limit. It kills no mutant.
 */
function tooSlow(file: string): Covered {
  return { kind: 'covered', file, tests: {}, costs: {}, failed: ['all of it'], outside: [], cost: 0 };
}

function relatedTestFiles(tests: string): string[] {
  const listed = execFileSync('npx', ['jest', '--listTests', '--findRelatedTests', ...sourceFiles()], { cwd: REPOSITORY, encoding: 'utf8' });
  return listed.trim().split('\n').map(path => relative(REPOSITORY, path)).filter(file => file.startsWith(tests) && !NOT_RUN.test(file));
}

function fingerprint(tests: string): string {
  const hash = createHash('sha256').update(tests);
  for (const directory of ['src', 'test', 'scripts/mutation', 'examples']) {
    for (const entry of readdirSync(join(REPOSITORY, directory), { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) { hash.update(entry.name).update(readFileSync(join(entry.parentPath, entry.name))); }
    }
  }
  return hash.digest('hex');
}
