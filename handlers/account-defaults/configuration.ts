import type { AccountRegions } from './account-regions';
import { type Defaults, type Setting, settingsIn } from './defaults';
import type { Properties } from './event';

/** What the function is deployed for. It is taken from the function itself, and not from a request, which anybody may send who may invoke it. */
export interface Configuration {
  readonly settings: readonly Setting[];

  /** The Regions that are named; without, every Region. */
  readonly regions?: readonly string[];

  /** Whether a scheduled look writes what is not as wanted. */
  readonly repairs: boolean;
}

/** What CloudFormation wrote into the environment of the function, before it sent a request. */
export function configuration(): Configuration {
  const { IMDS_DEFAULTS = '{}', IMDS_REGIONS = '', IMDS_REPAIRS } = process.env;
  return {
    settings: settingsIn(JSON.parse(IMDS_DEFAULTS) as Defaults),
    regions: IMDS_REGIONS === '*' ? undefined : IMDS_REGIONS.split(',').filter(Boolean),
    repairs: IMDS_REPAIRS === 'true',
  };
}

/**
 * Checks that a request asks for what the function is deployed for.
 *
 * @throws Error where it asks for something else, or the function sets nothing
 */
export function checkRequest({ settings, regions }: Configuration, { Defaults, Regions }: Properties = {}): void {
  if (settings.length === 0) { throw new Error('Defaults are empty'); }
  const inOrder = (names?: readonly string[]) => JSON.stringify(names && [...names].sort());
  if (JSON.stringify(settings) !== JSON.stringify(settingsIn(Defaults)) || inOrder(regions) !== inOrder(Regions)) { throw new Error('the request asks for other defaults or Regions than the function is deployed with'); }
}

/** The Regions that are meant, among those of the account. */
export interface Meant {
  readonly holding: readonly string[];

  /** Those that are not enabled in the account. */
  readonly skipped: readonly string[];
}

/** @throws Error where a Region does not exist, or none is enabled */
export function regionsMeant({ regions }: Configuration, { enabled, off }: AccountRegions): Meant {
  const unknown = regions?.filter(name => ![...enabled, ...off].includes(name)) ?? [];
  if (unknown.length) { throw new Error(`no such Region: ${unknown.join(', ')}`); }
  const meant = (all: readonly string[]) => all.filter(region => regions?.includes(region) ?? true);
  const [holding, skipped] = [enabled, off].map(meant);
  if (!holding.length) { throw new Error('no Region is enabled'); }
  return { holding, skipped };
}
