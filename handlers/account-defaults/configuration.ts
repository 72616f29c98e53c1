import type { AccountRegions } from './account-regions';
import { type Defaults, type Setting, settingsIn } from './defaults';
import type { Properties } from './event';
import type { Memory } from './memory';

/**
 * The configuration of the function. It comes from the function itself, not from a request, because anybody who can invoke the function can send
 * requests.
 */
export interface Configuration {
  readonly settings: readonly Setting[];

  /** The named Regions. Left out for every Region. */
  readonly regions?: readonly string[];

  /** Whether a scheduled check corrects values. */
  readonly repairs: boolean;

  /** The stack of the function. */
  readonly stackId: string;
}

/** Reads the environment of the function, which CloudFormation wrote before it sent a request. */
export function configuration(): Configuration {
  const { IMDS_DEFAULTS = '{}', IMDS_REGIONS = '', IMDS_REPAIRS, IMDS_STACK = '' } = process.env;
  return {
    settings: settingsIn(JSON.parse(IMDS_DEFAULTS) as Defaults),
    regions: IMDS_REGIONS === '*' ? undefined : IMDS_REGIONS.split(',').filter(Boolean),
    repairs: IMDS_REPAIRS === 'true',
    stackId: IMDS_STACK,
  };
}

/** Why a request is refused: it has other values than the function, or none. Empty if it is not refused. */
export function objectionToRequest(configured: Configuration, asked?: Properties): string {
  if (configured.settings.length === 0) { return 'Defaults are empty'; }
  const { settings, regions: held } = configured;
  return isSame({ settings, held }, asked) ? '' : 'the request and the function have different defaults or Regions';
}

/** Whether a request has the values that the resource already has. */
export function isSame(held?: Pick<Memory, 'settings' | 'held'>, { Defaults, Regions }: Properties = {}): boolean {
  const inOrder = (names?: readonly unknown[]) => JSON.stringify(names && [...names].map(String).sort());
  return held !== undefined && inOrder(held.settings) === inOrder(settingsIn(Defaults)) && inOrder(held.held) === inOrder(Regions);
}

/** The wanted Regions among those of the account. */
export interface Meant {
  readonly holding: readonly string[];

  /** The wanted Regions that are not enabled in the account. */
  readonly skipped: readonly string[];
}

/** @throws Error if a Region does not exist, or none is enabled */
export function regionsMeant({ regions }: Configuration, { enabled, off }: AccountRegions): Meant {
  const unknown = regions?.filter(name => ![...enabled, ...off].includes(name)) ?? [];
  if (unknown.length) { throw new Error(`no such Region: ${unknown.join(', ')}`); }
  const meant = (all: readonly string[]) => all.filter(region => regions?.includes(region) ?? true);
  const [holding, skipped] = [enabled, off].map(meant);
  if (!holding.length) { throw new Error('no Region is enabled'); }
  return { holding, skipped };
}

/** The Regions to check, and why other named Regions cannot be checked: they do not exist, or none of them is enabled. */
export function regionsToLookAt({ regions: named }: Configuration, { enabled, off }: AccountRegions) {
  const regions = enabled.filter(region => named?.includes(region) ?? true);
  const others = named?.filter(region => !enabled.includes(region)) ?? [];
  const reasonFor = (region: string) => off.includes(region) ? 'the Region is not enabled' : 'no such Region';
  const unread = others.filter(region => regions.length === 0 || !off.includes(region)).map(region => [region, reasonFor(region)] as const);
  return { regions, unread };
}
