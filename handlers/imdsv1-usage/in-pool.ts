/** Runs a function for each item, for up to `size` items in parallel. The first failure ends it. */
export async function inPool<Item>(items: readonly Item[], size: number, each: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items].reverse();
  const work = async () => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) { await each(item); }
  };
  await Promise.all(Array.from({ length: Math.min(size, items.length) }, work));
}
