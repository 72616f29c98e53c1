import { dirname } from 'path';
import type { Coverage } from './coverage';
import type { Covered, PlannedFile } from './jobs';
import type { Mutant } from './mutants';

/** Which tests may kill which mutant, and in which order they are tried. */
export class Plans {
  private readonly covering = new Map<string, { readonly covered: Covered; readonly names: string[] }[]>();
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
      .map(candidate => ({ ...candidate, distance: this.distance(mutant, candidate.covered), cost: costOf(candidate) }))
      .sort((a, b) => a.distance - b.distance || a.cost - b.cost)
      .map(({ covered: { file }, names }) => ({ file, only: names }));
  }

  /** The file of the same name first, then the same folder, then files that run over much of the same file. */
  private distance({ file }: Mutant, covered: Covered): number {
    const mirror = file.replace(/^src\//, 'test/').replace(/\.ts$/, '.test.ts');
    if (covered.file === mirror) { return 0; }
    if (covered.file.startsWith(`${dirname(mirror)}/`)) { return 1; }
    return this.touched.get(file)?.has(covered) ? 2 : 3;
  }
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

function costOf({ covered, names }: { readonly covered: Covered; readonly names: readonly string[] }): number {
  return names.reduce((sum, name) => sum + covered.costs[name], 0);
}
