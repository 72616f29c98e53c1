import { CfnParameter } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Imdsv1UsageDashboardProps } from '../../src/transition/imdsv1-usage-dashboard';
import { Imdsv1UsageDashboard } from '../../src/transition/imdsv1-usage-dashboard';
import type { Imdsv1UsageMonitorProps } from '../../src/transition/imdsv1-usage-monitor';
import { Imdsv1UsageMonitor } from '../../src/transition/imdsv1-usage-monitor';
import { resourceOf } from '../harness/resources';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { bodyOf, expressionsIn, queriesIn } from './dashboard-body';
import { complaintsAboutExpression, complaintsAboutLayout, complaintsAboutQuery } from './dashboard-rules';

function stackWith(props: Imdsv1UsageMonitorProps = {}, dashboardProps: object = {}) {
  const stack = scratchStack(scratchApp(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const monitor = new Imdsv1UsageMonitor(stack, 'Monitor', props);
  new Imdsv1UsageDashboard(stack, 'Dashboard', { monitor, ...dashboardProps });
  return stack;
}

const body = bodyOf(stackWith());

test('widgets have valid places and do not overlap', () => {
  expect(complaintsAboutLayout(body)).toEqual([]);
});

test('it shows as many days as decide, with one value for each hour', () => {
  expect(body).toMatchObject({ start: '-P14D', periodOverride: 'inherit' });
  expect(bodyOf(stackWith({ quietDays: 30 })).start).toBe('-P30D');
});

test('it has all widgets', () => {
  expect(body.widgets.map(({ properties: { title } }) => title)).toEqual([
    undefined,
    'Launchers, as of the last run',
    'Ready to require IMDSv2',
    'Still use IMDSv1, with their callers',
    'Broken: IMDSv2 is required, but software still calls IMDSv1',
    'Unknown, with the missing data',
    'Alarms',
    'Instances by state',
    'IMDSv1 calls that were answered',
    'Days without IMDSv1 calls, by launcher',
    'IMDSv1 calls that were refused',
  ]);
  expect(body.widgets[0].properties.markdown).toMatch(/Can it require IMDSv2\?[^]*14 days/);
});

test('instances are stacked, so that their sum is visible', () => {
  expect(body.widgets.filter(({ properties: { stacked } }) => stacked).map(({ properties: { title } }) => title)).toEqual(['Instances by state']);
});

test.each(expressionsIn(body).map(expression => [expression]))('the expression is valid, and for this account: %s', expression => {
  expect(complaintsAboutExpression(expression)).toEqual([]);
  expect(expression).toContain('Account="111122223333"');
});

test.each(queriesIn(body).map(query => [query]))('the query reads fields of the log: %s', query => {
  expect(complaintsAboutQuery(query)).toEqual([]);
  expect(query).toContain('<MonitorCollectorLogs');
});

test('each table has the launchers of one state', () => {
  expect(queriesIn(body).map(query => /filter state = "([^"]+)"/.exec(query)?.[1])).toEqual(['ready', 'in use', 'broken', 'unknown']);
});

test('all alarms of the monitor are on it', () => {
  const alarms = Object.keys(Template.fromStack(stackWith({ alarmAtOnce: true })).findResources('AWS::CloudWatch::Alarm'));
  const [shown] = bodyOf(stackWith({ alarmAtOnce: true })).widgets.flatMap(({ properties }) => properties.alarms ? [properties.alarms] : []);
  expect(shown).toEqual(alarms.map(id => `<${id}>`));
});

describe('its name', () => {
  test('is the given one', () => {
    expect(resourceOf(stackWith({}, { dashboardName: 'imdsv1-usage' }), 'AWS::CloudWatch::Dashboard').Properties.DashboardName).toBe('imdsv1-usage');
  });

  test('can be unresolved', () => {
    const stack = scratchStack();
    const dashboardName = new CfnParameter(stack, 'Name').valueAsString;
    new Imdsv1UsageDashboard(stack, 'Dashboard', { monitor: new Imdsv1UsageMonitor(stack, 'Monitor'), dashboardName });
    expect(resourceOf(stack, 'AWS::CloudWatch::Dashboard').Properties.DashboardName).toEqual({ Ref: 'Name' });
  });
});

test.each<[object, string]>([
  [{ dashboardName: 'who uses it' }, "dashboardName must be up to 255 letters, digits, hyphens and underscores, got 'who uses it'"],
  [{ dashboardName: 5 }, 'dashboardName must be a string, got 5'],
  [{ monitor: undefined }, 'monitor must be an Imdsv1UsageMonitor, got undefined'],
  [{ monitor: {} }, 'monitor must be an Imdsv1UsageMonitor, got {}'],
])('%j is rejected', (props, message) => {
  expect(() => stackWith({}, props as Partial<Imdsv1UsageDashboardProps>)).toThrow(new Error(message));
});

test.each([
  ['Region', { account: '111122223333', region: 'eu-central-1' }],
  ['account', { account: '444455556666', region: 'eu-west-1' }],
])('it is rejected in another %s than its monitor, because it would be empty', (_, env) => {
  const app = scratchApp();
  const monitor = new Imdsv1UsageMonitor(scratchStack(app, 'Watch', { env: { account: '111122223333', region: 'eu-west-1' } }), 'Monitor');
  expect(() => new Imdsv1UsageDashboard(scratchStack(app, 'Show', { env }), 'Dashboard', { monitor }))
    .toThrow(new Error("monitor must be in a stack for the account and the Region of the dashboard, got 'Watch/Monitor' in another one"));
});
