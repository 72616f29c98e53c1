import type { AccountRegions } from './account-regions';
import { cleared, settingsIn, type Setting } from './defaults';
import type { Event, Properties } from './event';

/** What is to be set, and where. */
export interface Targets {
  readonly wanted: ReadonlyMap<string, readonly Setting[]>;

  /** The Regions that hold the defaults in the end. */
  readonly holding: readonly string[];

  /** The Regions that are meant too, but are not enabled in the account. */
  readonly skipped: readonly string[];
}

/**
 * What a request comes to: what the former properties set is cleared, and what the present ones say is set. So a deletion is an update to
 * nothing, and a rollback is one the other way round.
 *
 * @throws Error where the present properties set nothing, name a Region that does not exist, or none that is enabled
 */
export function targetsOf({ RequestType, ResourceProperties = {}, OldResourceProperties }: Event, { enabled, off }: AccountRegions): Targets {
  const [former, present] = RequestType === 'Delete' ? [ResourceProperties] : [OldResourceProperties, ResourceProperties];
  const settings = settingsIn(present?.Defaults);
  const clearing = cleared(settingsIn(former?.Defaults));
  const wanted = new Map(meant(former, enabled).map(region => [region, clearing]));
  const holding = meant(present, enabled);
  const skipped = meant(present, off);
  if (present) { check(present, settings, holding, skipped); }
  // A map takes the last value of a field that is both cleared and set.
  holding.forEach(region => wanted.set(region, [...new Map([...wanted.get(region) ?? [], ...settings])]));
  return { wanted, holding, skipped };
}

/** Those of the Regions which the properties are about. */
function meant(properties: Properties | undefined, regions: readonly string[]): readonly string[] {
  return regions.filter(region => properties && (properties.Regions?.includes(region) ?? true));
}

/** Only what is to be set is checked: a deletion and the way back must go through, whatever stood there. */
function check({ Regions: names = [] }: Properties, { length }: readonly Setting[], holding: readonly string[], skipped: readonly string[]): void {
  if (!length) { throw new Error('Defaults are empty'); }
  const unknown = names.filter(name => ![...holding, ...skipped].includes(name));
  if (unknown.length) { throw new Error(`no such Region: ${unknown.join(', ')}`); }
  if (!holding.length) { throw new Error('no Region is enabled'); }
}
