import { judge, runningOf, type Situation } from '../../../handlers/imdsv1-usage/judge';
import type { InstanceMemory, LauncherMemory } from '../../../handlers/imdsv1-usage/memory';

const NOW = 500_000;
const DAY = 24;
const QUIET = NOW - 14 * DAY;
const SITUATION: Situation = { quietDays: 14, watchedSince: QUIET, watchedUntil: NOW, readFrom: NOW - 1, isStale: false, unattributed: 0 };
const LAST_DAYS = [Math.floor(NOW / DAY) - 1, Math.floor(NOW / DAY)];
const LAUNCHER: LauncherMemory = {
  kind: 'Auto Scaling group', name: 'web', first: QUIET, last: NOW, days: LAST_DAYS, calls: 0, refusals: 0, templates: [], resources: [], callers: {},
};
const QUIET_ONE: InstanceMemory = { launchers: [], is: 'running', published: NOW - 1, launched: 0 };
const REQUIRED: InstanceMemory = { launchers: [], is: 'running', requires: true };
const CALLING: InstanceMemory = { ...QUIET_ONE, call: NOW - 5 };
const SILENT: InstanceMemory = { launchers: [], is: 'running', launched: NOW - 10 };

/** The state of a launcher with these instances. */
function stateOf(launcher: Partial<LauncherMemory>, instances: readonly InstanceMemory[] = [QUIET_ONE], situation: Partial<Situation> = {}): string {
  const whole = { ...SITUATION, ...situation };
  return judge({ ...LAUNCHER, ...launcher }, runningOf(instances, whole), whole).state;
}

describe('ready', () => {
  test('is a launcher without calls within the quiet days, if these were monitored completely', () => {
    expect(judge(LAUNCHER, runningOf([QUIET_ONE], SITUATION), SITUATION)).toEqual({
      state: 'ready', because: expect.stringMatching(/^no IMDSv1 call within 14 days, none was seen since /) as unknown,
    });
  });

  test.each<[string, Partial<LauncherMemory>, InstanceMemory[], Partial<Situation>]>([
    ['an hour less was watched', {}, [QUIET_ONE], { watchedSince: QUIET + 1 }],
    ['it was seen first an hour later', { first: QUIET + 1 }, [QUIET_ONE], {}],
    ['it was seen running on one day', { days: [LAST_DAYS[1], LAST_DAYS[1]] }, [QUIET_ONE], {}],
    ['it was seen running on no day', { days: [] }, [], {}],
    ['a running instance publishes nothing', {}, [QUIET_ONE, SILENT], {}],
    ['a running instance publishes nothing any more', {}, [{ ...QUIET_ONE, published: NOW - 4 }], {}],
    ['an unknown caller called', {}, [QUIET_ONE], { unattributed: 1 }],
    ['the data is old', {}, [QUIET_ONE], { isStale: true }],
    ['more days have to be quiet than were watched', {}, [QUIET_ONE], { quietDays: 15 }],
  ])('is not a launcher of which %s: it is unknown', (_, launcher, instances, situation) => expect(stateOf(launcher, instances, situation)).toBe('unknown'));

  test.each<[string, Partial<LauncherMemory>, InstanceMemory[]]>([
    ['that called in the first of the quiet hours', { call: QUIET }, [QUIET_ONE]],
    ['that was refused, and is not any more', { refusal: NOW - 3 }, [QUIET_ONE]],
    ['that was refused, where some instances do not require tokens', { refusal: QUIET }, [QUIET_ONE, REQUIRED]],
    ['that is turned over, and was called before', { call: NOW - 30 }, [REQUIRED]],
    ['of which an instance calls', { call: NOW - 5 }, [QUIET_ONE, CALLING]],
  ])('is not a launcher %s: it is in use', (_, launcher, instances) => expect(stateOf(launcher, instances)).toBe('in use'));

  test.each<[string, Partial<LauncherMemory>, InstanceMemory[]]>([
    ['whose last call was an hour before the quiet ones', { call: QUIET - 1 }, [QUIET_ONE]],
    ['whose last refusal was before them', { refusal: QUIET - 1 }, [QUIET_ONE]],
    ['of which some instances require tokens', {}, [QUIET_ONE, REQUIRED]],
    ['of which an instance is too young to have published', {}, [QUIET_ONE, { ...SILENT, launched: NOW - 2 }]],
    ['that is at zero, and allowed IMDSv1', { requires: false }, []],
  ])('is a launcher %s', (_, launcher, instances) => expect(stateOf(launcher, instances)).toBe('ready'));
});

test.each<[string, Partial<LauncherMemory>, InstanceMemory[], Partial<Situation>, string]>([
  ['all instances require tokens', {}, [REQUIRED, REQUIRED], {}, 'required'],
  ['all require them, and nothing was watched', { first: NOW, days: [] }, [REQUIRED], { watchedSince: NOW }, 'required'],
  ['it is at zero, and its last instances required them', { requires: true }, [], {}, 'required'],
  ['it is at zero, and nothing is known of its instances', { days: [] }, [], {}, 'unknown'],
  ['a call was refused within a day', { refusal: NOW - 24 }, [REQUIRED], {}, 'broken'],
  ['a call was refused since the last run, which is longer ago', { refusal: NOW - 30 }, [REQUIRED], { readFrom: NOW - 30 }, 'broken'],
  ['a call was refused more than a day ago', { refusal: NOW - 25 }, [REQUIRED], {}, 'required'],
  ['one was refused and one answered', { refusal: NOW - 2, call: NOW - 2 }, [REQUIRED, CALLING], {}, 'broken'],
  ['one was refused by an instance that is gone', { refusal: NOW - 2 }, [], {}, 'broken'],
])('if %s', (_, launcher, instances, situation, state) => expect(stateOf(launcher, instances, situation)).toBe(state));

test('has all missing conditions in its reason', () => {
  const situation = { ...SITUATION, watchedSince: NOW - 3 * DAY, unattributed: 2 };
  const { because } = judge({ ...LAUNCHER, first: NOW - DAY, days: [] }, runningOf([SILENT, SILENT], situation), situation);
  expect(because).toBe('monitored for 3 of 14 days; known for 1 of 14 days; seen running on 0 of the last 14 days; '
    + '2 running instances published no IMDS metrics; 2 instances in the Region used IMDSv1, and their launcher is unknown');
});

test('with one quiet day needs one day with a running instance', () => {
  expect(stateOf({ days: [LAST_DAYS[1], LAST_DAYS[1]] }, [QUIET_ONE], { quietDays: 1 })).toBe('ready');
});

test('has the number of callers for a launcher with refused calls from a part of its instances', () => {
  const { state, because } = judge({ ...LAUNCHER, refusal: NOW - 2, call: NOW - 2 }, runningOf([REQUIRED, CALLING, CALLING], SITUATION), SITUATION);
  expect(state).toBe('broken');
  expect(because).toMatch(/, 1 of 3 running instances requires IMDSv2, and 2 called$/);
});
