import { basename, dirname } from 'path';
import type { Coverage } from './coverage';
import type { Covered, PlannedFile } from './jobs';
import type { Mutant } from './mutants';

interface Candidate {
  readonly covered: Covered;
  readonly names: readonly string[];
}

/** Which tests may kill which mutant, and in which order they are tried. */
export class Plans {
  private readonly covering = new Map<string, Candidate[]>();
  private readonly all = new Map<Covered, number>();
  /** For each file of the library, how many of its mutants a file of tests runs over. */
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

  /** A mutant in a table is run over when the library is loaded, and any test may read the table afterwards. */
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

  /** Tests that are quick come before others, and those that look at little else. */
  private price(mutant: Mutant, candidate: Candidate): number {
    return costOf(candidate) / this.interest(mutant, candidate.covered);
  }

  /** How much of what a file of tests runs over is in the file of the mutant. */
  private interest({ file }: Mutant, covered: Covered): number {
    return (1 + (this.touched.get(file)?.get(covered) ?? 0)) / (1 + this.all.get(covered)!);
  }
}

/** The mirror first, then files of the same name, then those of the same folder. */
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
  // What a file does outside of its tests may show in any of them.
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
