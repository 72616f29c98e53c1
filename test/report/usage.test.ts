import { readFileSync } from 'fs';
import { join } from 'path';
import type { App } from 'aws-cdk-lib';
import { CfnResource, NestedStack } from 'aws-cdk-lib';
import type { ImdsUsage, Imdsv2CheckProps } from '../../src';
import { ImdsReport, Imdsv2 } from '../../src';
import type { Report } from '../../src/report/report';
import { violationsIn, synthesized } from '../check/checked';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { BROKEN, CALLING, ENV, REQUIRED, from, launcher, record, region, usageOf, usageOfLaunchers } from '../usage/records';

/** Groups in every state: with their own template, a shared template, and in a nested stack. */
function shop(): App {
  const app = scratchApp();
  const stack = scratchStack(app, 'Shop', { env: ENV });
  const template = (id: string) => new CfnResource(stack, id, { type: 'AWS::EC2::LaunchTemplate', properties: { LaunchTemplateData: { ImageId: 'ami-1' } } });
  const group = (id: string, source: CfnResource) => new CfnResource(stack, id, {
    type: 'AWS::AutoScaling::AutoScalingGroup', properties: { LaunchTemplate: { LaunchTemplateId: source.ref, Version: source.getAtt('LatestVersionNumber') } },
  });
  const shared = template('Shared');
  group('Ready', shared);
  group('Calling', shared);
  group('Idle', template('Own'));
  new CfnResource(new NestedStack(stack, 'Inner'), 'Web', { type: 'AWS::EC2::Instance', properties: { ImageId: 'ami-1' } });
  return app;
}

const USAGE = () => usageOfLaunchers(
  launcher('ready', { ...from('Shop', 'Ready', 'Shared'), ...REQUIRED, state: 'ready' }),
  launcher('calling', { ...from('Shop', 'Calling', 'Shared'), ...CALLING }),
  launcher('i-9', { kind: 'instance', ...from('Shop-InnerNestedStackInnerNestedStackResource745E041B-1ABCDEFGHIJKL', 'Web'), ...BROKEN }),
);

function reportOf(app: App, props: Imdsv2CheckProps = {}): Report {
  Imdsv2.check(app, { reports: [ImdsReport.json()], today: '2026-11-30', ...props });
  synthesized(app);
  return JSON.parse(readFileSync(join(app.outdir, 'imdsv2-report.json'), 'utf8')) as Report;
}

function usageIn(report: Report, logicalId: string) {
  return report.resources.find(resource => resource.logicalId === logicalId)?.usage;
}

describe('the report of a check', () => {
  const report = reportOf(shop(), { usage: USAGE() });

  test('has for a launcher how many instances call, when and which', () => {
    expect(usageIn(report, 'Calling')).toEqual({
      state: 'in use',
      mayRequire: false,
      because: '3 instances called within 14 days',
      launchers: [{
        kind: 'Auto Scaling group',
        name: 'calling',
        account: '111122223333',
        region: 'eu-west-1',
        state: 'in use',
        because: '3 instances called within 14 days',
        running: 4,
        calling: 3,
        lastCallAt: '2026-11-29T23:00:00Z',
        callers: ['i-0a1', 'i-0b2', 'i-0c3', 'i-0d4'],
      }],
      doubts: [],
    });
  });

  test.each([
    ['Ready', 'ready', true], ['Shared', 'in use', false], ['Idle', 'ready', true], ['Own', 'ready', true], ['Web', 'broken', true],
  ])('has %s as %s', (logicalId, state, mayRequire) => {
    expect(usageIn(report, logicalId)).toMatchObject({ state, mayRequire });
  });

  test('has a resource that was not seen as such', () => {
    expect(usageIn(report, 'Idle')).toMatchObject({ because: 'no instance of it was seen in eu-west-1 in account 111122223333', launchers: [] });
  });

  test('counts launchers, and those that may require IMDSv2', () => {
    expect(report.totals.usage).toEqual({ required: 0, ready: 2, inUse: 1, broken: 1, unknown: 0, mayTurnOver: 3 });
    expect(report.stacks.map(({ totals }) => totals.usage?.broken)).toEqual([0, 1]);
  });

  test('has the monitors, and their times', () => {
    expect(report.usage).toEqual([{
      account: '111122223333', region: 'eu-west-1', at: '2026-11-30T03:00:00Z', quietDays: 14, watchedSince: '2026-10-01T00:00:00Z', watchedUntil: '2026-11-30T02:00:00Z',
    }]);
  });

  test('is the same each time', () => {
    expect(reportOf(shop(), { usage: USAGE() })).toEqual(report);
  });

  test('has the same verdicts as without a record', () => {
    const { usage, ...without } = reportOf(shop());
    expect(usage).toBeUndefined();
    expect(report.findings).toEqual(without.findings);
    expect(report.resources.map(({ usage: _, ...resource }) => resource)).toEqual(without.resources);
    expect(without.totals).not.toHaveProperty('usage');
  });
});

test('after enforcement, the report shows the unchanged resources, and the callers that prevent the change', () => {
  const app = shop();
  const usage = USAGE();
  Imdsv2.enforce(app, { onlyWhereReady: usage });
  const { resources, findings, totals } = reportOf(app, { usage });
  expect(resources.filter(({ outcome }) => outcome !== 'required').map(({ logicalId }) => logicalId)).toEqual(['Shared', 'Ready', 'Calling']);
  expect(findings.map(({ rule, resource }) => `${rule} ${resource}`)).toEqual([
    'Imdsv2::TokensRequired Shop.template.json#Shared', 'Imdsv2::StillUsesImdsv1 Shop.template.json#Shared',
    expect.stringMatching(/^Imdsv2::Imdsv1Refused ShopInner.*#Web$/),
  ]);
  expect(totals.usage).toMatchObject({ mayTurnOver: 1 });
});

test.each([['of one account', { account: '111122223333' }, 'in use'], ['of any account', {}, 'in use'], ['of another account', { account: '999988887777' }, 'unknown']])(
  'the record of a stack is matched by name and account: %s', (_, { account }: { readonly account?: string }, state) => {
    const app = scratchApp();
    const stack = scratchStack(app, 'Shop', { env: { account, region: 'eu-west-1' } });
    new CfnResource(stack, 'Web', { type: 'AWS::EC2::Instance', properties: {} });
    const usage: ImdsUsage = usageOf(record([region([launcher('i-1', { kind: 'instance', ...from('Shop', 'Web'), ...CALLING })])]));
    expect(usageIn(reportOf(app, { usage }), 'Web')).toMatchObject({ state });
  });

test('a record does not change the output of CDK', () => {
  const [plain, watched] = [{}, { usage: USAGE() }].map(props => {
    const app = shop();
    Imdsv2.check(app, props);
    return violationsIn(synthesized(app));
  });
  expect(watched).toEqual(plain);
});
