import type { App } from 'aws-cdk-lib';
import { CfnResource } from 'aws-cdk-lib';
import type { ImdsUsage } from '../../src';
import { Imdsv2, RequireImdsv2 } from '../../src';
import type { LauncherUsage } from '../../src/usage/usage-record';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { synthesize } from '../harness/synthesized';
import { BROKEN, CALLING, ENV, REQUIRED, UNKNOWN, from, launcher, usageOfLaunchers } from '../usage/records';

const GROUPS = 20;
const WAVES = 4;
const IDS = Array.from({ length: GROUPS }, (_, index) => `Group${index}`);

const DOORS: readonly [string, (app: App, usage: ImdsUsage) => unknown][] = [
  ['Imdsv2.enforce()', (app, onlyWhereReady) => Imdsv2.enforce(app, { onlyWhereReady })],
  ['the mixin', (app, onlyWhereReady) => app.with(new RequireImdsv2({ onlyWhereReady }))],
];

/** The fleet, which is the same in every wave: a group and its launch template, twenty times. */
function fleet(enforce: (app: App) => unknown) {
  const app = scratchApp();
  const stack = scratchStack(app, 'Fleet', { env: ENV });
  for (const id of IDS) {
    const template = new CfnResource(stack, `${id}Template`, { type: 'AWS::EC2::LaunchTemplate', properties: { LaunchTemplateData: { ImageId: 'ami-1' } } });
    new CfnResource(stack, id, {
      type: 'AWS::AutoScaling::AutoScalingGroup',
      properties: { LaunchTemplate: { LaunchTemplateId: template.ref, Version: template.getAtt('LatestVersionNumber') } },
    });
  }
  enforce(app);
  return synthesize(stack);
}

/** The groups whose templates require tokens, and the groups with warnings. */
function turnedOver(enforce: (app: App) => unknown): { readonly required: readonly string[]; readonly warned: readonly string[] } {
  const { template, reports } = fleet(enforce);
  const required = IDS.filter(id => JSON.stringify(template.Resources[`${id}Template`]).includes('"HttpTokens":"required"'));
  return { required, warned: reports.map(({ at }) => at.replace(/^Fleet\/|Template$/g, '')) };
}

/**
 * The collector's data about a group in a wave: its software is updated in the wave before its turn, and it requires tokens after it. Some groups
 * look worse for a while after it: an old instance still calls, a new one has no metrics yet, or software is refused.
 */
function inWave(wave: number, index: number): LauncherUsage {
  const turn = index % WAVES;
  const id = IDS[index];
  if (turn > wave) { return launcher(id, { ...from('Fleet', id, `${id}Template`), ...index % 2 === 0 ? CALLING : UNKNOWN }); }
  const after: readonly Partial<LauncherUsage>[] = [REQUIRED, { ...CALLING, launchesRequired: true }, { ...UNKNOWN, launchesRequired: true }, BROKEN];
  return launcher(id, { ...from('Fleet', id, `${id}Template`), ...turn === wave ? {} : after[index % after.length] });
}

describe.each(DOORS)('a fleet of twenty groups requires tokens in four waves, by %s', (_, enforce) => {
  const waves = Array.from({ length: WAVES }, (__, wave) => {
    const usage = usageOfLaunchers(...IDS.map((___, index) => inWave(wave, index)));
    return turnedOver(app => enforce(app, usage));
  });

  test.each([0, 1, 2, 3])('wave %i requires tokens on five more groups, and keeps the earlier ones', wave => {
    expect(waves[wave].required).toEqual(IDS.filter((__, index) => index % WAVES <= wave));
  });

  test.each([0, 1, 2, 3])('wave %i warns about every remaining group', wave => {
    const left = IDS.filter((__, index) => index % WAVES > wave);
    expect(waves[wave].warned.filter(id => left.includes(id)).sort()).toEqual([...left].sort());
  });

  test('a group that looks worse after its wave has a warning, and keeps its tokens', () => {
    const worse = IDS.filter((__, index) => index % WAVES !== 0);
    const usage = usageOfLaunchers(...IDS.map((__, index) => inWave(WAVES, index)));
    const { required, warned } = turnedOver(app => enforce(app, usage));
    expect(required).toEqual(IDS);
    expect([...warned].sort()).toEqual([...worse].sort());
  });
});

test('without a record, every group requires tokens at once', () => {
  expect(turnedOver(app => Imdsv2.enforce(app)).required).toEqual(IDS);
});
