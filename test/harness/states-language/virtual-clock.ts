/** A clock that stands still during work, and then jumps to the next time that something waits for. */
export class VirtualClock {
  private readonly waiting: { readonly at: number; readonly wake: () => void }[] = [];

  public constructor(private time = Date.parse('2026-11-30T08:00:00Z')) {}

  public get now(): number {
    return this.time;
  }

  public get iso(): string {
    return new Date(this.time).toISOString();
  }

  public async sleep(milliseconds: number): Promise<void> {
    await new Promise<void>(wake => {
      const at = this.time + milliseconds;
      const index = this.waiting.findIndex(each => each.at > at);
      this.waiting.splice(index < 0 ? this.waiting.length : index, 0, { at, wake });
    });
  }

  /** Advances the time until all work is done. */
  public async until<Result>(...work: readonly Promise<Result>[]): Promise<Result[]> {
    let isDone = false;
    const all = Promise.allSettled(work).then(() => { isDone = true; });
    while (!isDone) {
      await new Promise(resolve => setImmediate(resolve));
      const next = isDone ? undefined : this.waiting.shift();
      if (next === undefined) { continue; }
      this.time = next.at;
      next.wake();
    }
    await all;
    return Promise.all(work);
  }
}
