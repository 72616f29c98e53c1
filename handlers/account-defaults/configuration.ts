import type { AccountRegions } from './account-regions';
import { type Defaults, type Setting, settingsIn } from './defaults';
import type { Properties } from './event';
import type { Memory } from './memory';

/** What the function is deployed for. It is taken from the function itself, and not from a request, which anybody may send who may invoke it. */
export interface Configuration {
  readonly settings: readonly Setting[];

  /** The Regions that are named; without, every Region. */
  readonly regions?: readonly string[];

  /** Whether a scheduled look writes what is not as wanted. */
  readonly repairs: boolean;

  /** The stack of the function. */
  readonly stackId: string;
}

/** What CloudFormation wrote into the environment of the function, before it sent a request. */
export function configuration(): Configuration {
  const { IMDS_DEFAULTS = '{}', IMDS_REGIONS = '', IMDS_REPAIRS, IMDS_STACK = '' } = process.env;
  return {
    settings: settingsIn(JSON.parse(IMDS_DEFAULTS) as Defaults),
    regions: IMDS_REGIONS === '*' ? undefined : IMDS_REGIONS.split(',').filter(Boolean),
    repairs: IMDS_REPAIRS === 'true',
    stackId: IMDS_STACK,
  };
}

/** Why a request is refused: it asks for something else than the function is deployed for, or for nothing. Empty where it is not. */
export function objectionToRequest(configured: Configuration, asked?: Properties): string {
  if (configured.settings.length === 0) { return 'Defaults are empty'; }
  const { settings, regions: held } = configured;
  return isSame({ settings, held }, asked) ? '' : 'the request and the function have different defaults or Regions';
}

/** Whether a request asks for what is held. */
export function isSame(held?: Pick<Memory, 'settings' | 'held'>, { Defaults, Regions }: Properties = {}): boolean {
  const inOrder = (names?: readonly unknown[]) => JSON.stringify(names && [...names].map(String).sort());
  return held !== undefined && inOrder(held.settings) === inOrder(settingsIn(Defaults)) && inOrder(held.held) === inOrder(Regions);
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

/** The Regions to look at, and why others that are named cannot be: they do not exist, or none of them is enabled. */
export function regionsToLookAt({ regions: named }: Configuration, { enabled, off }: AccountRegions) {
  const regions = enabled.filter(region => named?.includes(region) ?? true);
  const others = named?.filter(region => !enabled.includes(region)) ?? [];
  const reasonFor = (region: string) => off.includes(region) ? 'the Region is not enabled' : 'no such Region';
  const unread = others.filter(region => regions.length === 0 || !off.includes(region)).map(region => [region, reasonFor(region)] as const);
  return { regions, unread };
}
