import { basename, dirname } from 'path';
import type { Coverage } from './coverage';
import type { Covered, PlannedFile } from './jobs';
import type { Mutant } from './mutants';

interface Candidate {
  readonly covered: Covered;
  readonly names: readonly string[];
}

/** The tests that can kill each mutant, in the order in which they are tried. */
export class Plans {
  private readonly covering = new Map<string, Candidate[]>();
  private readonly all = new Map<Covered, number>();
  /** For each file of the library, how many of its mutants a test file reaches. */
  private readonly touched = new Map<string, Map<Covered, number>>();

  private readonly atLoad: ReadonlySet<string>;

  constructor(private readonly coverage: Coverage, mutants: readonly Mutant[]) {
    this.atLoad = new Set(coverage.atLoad);
    const fileOf = new Map(mutants.map(({ id, file }) => [id, file]));
    for (const covered of coverage.files) {
      const names = namesByMutant(covered);
      for (const [id, tests] of names) {
        const known = this.covering.get(id);
        if (known) { known.push({ covered, names: tests }); } else { this.covering.set(id, [{ covered, names: tests }]); }
        const counts = this.touched.get(fileOf.get(id)!) ?? new Map<Covered, number>();
        this.touched.set(fileOf.get(id)!, counts.set(covered, (counts.get(covered) ?? 0) + 1));
      }
      this.all.set(covered, names.size);
    }
  }

  /** Whether loading the library reaches a mutant. Such a mutant can be in a table, which any test can read afterwards. */
  public isAtLoad({ id }: Mutant): boolean {
    return this.atLoad.has(id);
  }

  public for(mutant: Mutant): PlannedFile[] {
    const candidates = this.isAtLoad(mutant)
      ? this.coverage.files.map(covered => ({ covered, names: passing(covered) }))
      : this.covering.get(mutant.id) ?? [];
    return candidates.filter(({ names }) => names.length > 0)
      .map(candidate => ({ ...candidate, distance: distanceOf(mutant, candidate.covered), price: this.price(mutant, candidate) }))
      .sort((a, b) => a.distance - b.distance || a.price - b.price)
      .map(({ covered: { file }, names }) => ({ file, only: names }));
  }

  /** The price of a test. Fast tests come first, and tests that reach few other files. */
  private price(mutant: Mutant, candidate: Candidate): number {
    return costOf(candidate) / this.interest(mutant, candidate.covered);
  }

  /** The share of a test file's mutants that are in the file of this mutant. */
  private interest({ file }: Mutant, covered: Covered): number {
    return (1 + (this.touched.get(file)?.get(covered) ?? 0)) / (1 + this.all.get(covered)!);
  }
}

/** The distance of a test file: 0 for the file with the mirrored path, then the same name, then the same folder. */
function distanceOf({ file }: Mutant, covered: Covered): number {
  const mirror = file.replace(/^src\//, 'test/').replace(/\.ts$/, '.test.ts');
  return [
    covered.file === mirror,
    basename(covered.file) === basename(mirror),
    covered.file.startsWith(`${dirname(mirror)}/`),
    true,
  ].indexOf(true);
}

function namesByMutant(covered: Covered): Map<string, string[]> {
  const names = passing(covered);
  const result = new Map<string, string[]>();
  for (const name of names) {
    for (const id of covered.tests[name]) {
      const known = result.get(id);
      if (known) { known.push(name); } else { result.set(id, [name]); }
    }
  }
  // Mutants that a file reaches outside its tests can make any of its tests fail.
  for (const id of covered.outside) { result.set(id, names); }
  return result;
}

function passing({ tests, failed }: Covered): string[] {
  const broken = new Set(failed);
  return Object.keys(tests).filter(name => !broken.has(name));
}

function costOf({ covered, names }: Candidate): number {
  return names.reduce((sum, name) => sum + covered.costs[name], 0);
}
