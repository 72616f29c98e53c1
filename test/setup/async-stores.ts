import { AsyncLocalStorage } from 'async_hooks';

/** The hooks that observe which stores are entered. */
const watching = new Set<AsyncStores>();

for (const name of ['run', 'enterWith'] as const) {
  const enter = AsyncLocalStorage.prototype[name] as (...args: unknown[]) => unknown;
  AsyncLocalStorage.prototype[name] = function (this: AsyncLocalStorage<unknown>, ...args: unknown[]) {
    watching.forEach(each => each.add(this));
    return enter.apply(this, args);
  };
}

/**
 * The stores that a test file enters. A store that stays active makes each promise of the process slower. jest's runner, which every file loads again,
 * leaves one active: after a hundred files, a promise takes sixty times as long.
 */
export class AsyncStores {
  private readonly entered = new Set<AsyncLocalStorage<unknown>>();

  constructor() {
    watching.add(this);
  }

  public add(store: AsyncLocalStorage<unknown>): void {
    this.entered.add(store);
  }

  /** Leaves the stores. They can be entered again. */
  public disable(): void {
    this.entered.forEach(store => store.disable());
    this.entered.clear();
  }

  /** Leaves the stores, and observes no more. */
  public dispose(): void {
    this.disable();
    watching.delete(this);
  }
}
