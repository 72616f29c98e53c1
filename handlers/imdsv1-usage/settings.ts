/** The settings from the construct. */
export interface Settings {
  /** Region codes, or `*` for every enabled Region. */
  readonly regions: readonly string[] | '*';
  readonly quietDays: number;
  readonly bucket: string;
  /** The name or the ARN of a bus. The default is the default bus. */
  readonly eventBus?: string;
}

const DEFAULT_QUIET_DAYS = 14;

/** @throws Error if there is no bucket */
export function settings({ REGIONS, QUIET_DAYS, BUCKET, EVENT_BUS, AWS_REGION = '' }: NodeJS.ProcessEnv): Settings {
  if (!BUCKET) { throw new Error('BUCKET is not set'); }
  const named = (REGIONS ?? '').split(',').map(region => region.trim()).filter(region => region !== '');
  const days = Number(QUIET_DAYS);
  return {
    regions: named.includes('*') ? '*' : named.length > 0 ? [...new Set(named)] : [AWS_REGION],
    quietDays: Number.isInteger(days) && days > 0 ? days : DEFAULT_QUIET_DAYS,
    bucket: BUCKET,
    eventBus: EVENT_BUS || undefined,
  };
}
