import { LAUNCHER_KINDS } from '../model/launcher-kinds';
import type { JsonFault, JsonKind } from './json-kind';
import { listOf, objectOf, oneOf, optional, plain, text } from './json-kind';
import type {
  CallingInstance, DeployedResource, InstanceState, LauncherState, LauncherUsage, RegionUsage, UsageRecord,
} from './usage-record';

/** The version of the format that this library knows. */
const VERSION: UsageRecord['schemaVersion'] = '1.0';

const STATES: { readonly [state in LauncherState]: true } = { 'required': true, 'ready': true, 'in use': true, 'broken': true, 'unknown': true };

const TEXT = text();
const ANY_TEXT = text('a string', /^/);
const COUNT = plain('a whole number of 0 or more', value => Number.isSafeInteger(value) && (value as number) >= 0);
const DAYS = plain('a whole number of 1 or more', value => Number.isSafeInteger(value) && (value as number) >= 1);
const FLAG = plain('true or false', value => typeof value === 'boolean');
const TIME = plain('a time in UTC, such as \'2026-11-30T03:00:00Z\'', value =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(value) && isTime(value));
const ACCOUNT = text('the 12 digits of an account', /^\d{12}$/);
const KNOWN_VERSION = text('a version of the form 1.x: another first number is one that this version of cdk-imdsv2 cannot read', /^1\.\d+$/);

const CALLER = objectOf<CallingInstance>({ instanceId: TEXT, lastCallAt: TIME, calls: COUNT });

const INSTANCES = objectOf<{ readonly [state in InstanceState]: number }>({ required: COUNT, quiet: COUNT, calling: COUNT, unknown: COUNT });

const RECORD = shape(oneOf(Object.keys(LAUNCHER_KINDS)));
/** A newer version can have other kinds of launchers. */
const NEWER_RECORD = shape(TEXT);

/** The first fault in a record, if there is one. */
export function faultIn(record: unknown, path: string): JsonFault | undefined {
  const { schemaVersion } = (record ?? {}) as { readonly schemaVersion?: unknown };
  return (schemaVersion === VERSION ? RECORD : NEWER_RECORD)(record, path);
}

function shape(kind: JsonKind): JsonKind {
  const launcher = objectOf<LauncherUsage>({
    kind,
    name: TEXT,
    cluster: optional(TEXT),
    state: oneOf(Object.keys(STATES)),
    because: TEXT,
    launchesRequired: optional(FLAG),
    resources: listOf(objectOf<DeployedResource>({ stackName: TEXT, logicalId: TEXT })),
    unresolved: optional(FLAG),
    launchTemplates: listOf(objectOf<LauncherUsage['launchTemplates'][number]>({ id: TEXT, version: ANY_TEXT })),
    instances: INSTANCES,
    calls: COUNT,
    rejected: COUNT,
    firstSeenAt: TIME,
    lastSeenAt: TIME,
    lastCallAt: optional(TIME),
    lastRejectedAt: optional(TIME),
    daysSeen: COUNT,
    callers: listOf(CALLER),
  });
  const region = objectOf<RegionUsage>({
    region: TEXT,
    watchedSince: optional(TIME),
    watchedUntil: optional(TIME),
    error: optional(ANY_TEXT),
    launchers: listOf(launcher),
    unattributed: listOf(CALLER),
    leftOut: optional(objectOf<NonNullable<RegionUsage['leftOut']>>({ instances: COUNT, unattributed: COUNT })),
  });
  return objectOf<UsageRecord>({ schemaVersion: KNOWN_VERSION, account: ACCOUNT, at: TIME, quietDays: DAYS, regions: listOf(region) });
}

function isTime(value: string): boolean {
  const time = new Date(value);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(value.slice(0, -1));
}
