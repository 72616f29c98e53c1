import { UNKNOWN } from '../../userdata/request/possible-text';

/** A stage of a Dockerfile: its name, and the stages and images that it is built with. */
interface Stage {
  readonly name: string | undefined;
  readonly uses: string[];
}

/** The stages of a Dockerfile in their order, to find those that a target needs. */
export class BuildStages {
  private readonly stages: Stage[] = [];

  /** The number of the current stage; -1 before the first one. */
  public get current(): number {
    return this.stages.length - 1;
  }

  /** Begins a stage on an image or on an earlier stage. */
  public begin(name: string | undefined, base: string): void {
    this.stages.push({ name: name?.toLowerCase(), uses: [base] });
  }

  /** Notes that the current stage takes files from another stage or from an image. */
  public use(name: string): void {
    this.stages[this.current]?.uses.push(name);
  }

  /** The numbers of the stages that the targets are built from; all of them if a target is not in this file. */
  public neededFor(targets: readonly string[]): ReadonlySet<number> {
    const meant = targets.map(target => this.called(target, this.stages.length));
    if (meant.length === 0 || meant.some(({ length }) => length === 0)) { return new Set(this.stages.keys()); }
    const needed = new Set<number>();
    const rest = meant.flat();
    for (let stage = rest.pop(); stage !== undefined; stage = rest.pop()) {
      if (needed.has(stage)) { continue; }
      needed.add(stage);
      for (const name of this.stages[stage].uses) { rest.push(...this.called(name, stage)); }
    }
    return needed;
  }

  /** The stages before a number that a name or a number may mean. */
  private called(name: string, before: number): readonly number[] {
    const isMeant = (stage: Stage, number: number) => name.includes(UNKNOWN) || stage.name === name.toLowerCase() || String(number) === name;
    return this.stages.slice(0, before).flatMap((stage, number) => isMeant(stage, number) ? [number] : []);
  }
}
