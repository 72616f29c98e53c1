import { type Changes, changesOf, remembered } from './changes';
import { missing, type Setting } from './defaults';
import { governed } from './policy';
import type { RegionDefaults } from './region-defaults';
import { undo } from './undo';

/** What became of a Region that holds the settings. */
export interface Converged {
  readonly changes: Changes;

  /** What is to be said of it; empty where there is nothing. */
  readonly words: string;
}

/**
 * Sets account defaults of one Region, and undoes what was changed of others. What already is as wanted is not written.
 *
 * @param changes what is remembered
 * @param objection why nothing that is remembered may be undone; empty where it may
 * @throws Error where EC2 refuses a setting, or did not take it
 */
export async function converge(defaults: RegionDefaults, settings: readonly Setting[], changes: Changes, objection: string): Promise<Converged> {
  const dropped = changesOf(changes, settings, false);
  const { words, left } = objection === '' ? await undo(defaults, dropped) : { words: dropped.size > 0 ? `left, ${objection}` : '', left: dropped };

  const found = await defaults.read();
  const change = missing(settings, found);
  const policy = governed(change, found);
  if (policy) { throw new Error(policy); }
  await defaults.write(change, found);
  const kept = changesOf(changes, settings, true);
  return { changes: new Map([...left, ...found.ManagedBy === 'declarative-policy' ? kept : remembered(kept, settings, found)]), words };
}
