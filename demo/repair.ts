import { App } from 'aws-cdk-lib';
import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { RepairStack } from '../examples/transition/repair-stack';
import { VirtualClock } from '../test/harness/states-language/virtual-clock';
import { deployedIn, run } from '../test/transition/repair/executions';
import type { FakeInstance } from '../test/transition/repair/fake-region';
import { DAY, fakeInstance, FakeRegion } from '../test/transition/repair/fake-region';

/** An instance in the plan. */
export interface Planned {
  readonly id: string;
  readonly what: string;
  readonly is: string;
  readonly because: string;
  readonly containers?: string;
}

/** The plan of a repair: entries, the number of instances in each wave, and launchers that would bring IMDSv1 back. */
export interface RepairPlan {
  readonly entries: readonly Planned[];
  readonly waves: readonly number[];
  readonly repairFirst: readonly string[];
}

/** Runs the state machine of the example in a simulated Region, and reads the plan that it writes. */
export async function repairExample(): Promise<RepairPlan> {
  const settings = { builtinCloudFormationValidation: false };
  const app = new App(settings);
  new RepairStack(app, 'Repair', { env: { account: '111122223333', region: 'eu-west-1' } });
  const [{ template }] = app.synth().stacks as CloudFormationStackArtifact[];
  const region = simulatedRegion();
  const [{ output }] = await region.clock.until(run(deployedIn(template as object), region));
  const { waves, repairFirst } = output as RepairPlan;
  const entries = region.json<Omit<Planned, 'what'>[]>('plan/00000.json').map(entry => ({ ...entry, what: region.instances.get(entry.id)!.tags.Name }));
  return { entries, waves, repairFirst };
}

function simulatedRegion(): FakeRegion {
  const region = new FakeRegion(new VirtualClock());
  const { now } = region.clock;
  const add = (Name: string, settings: Partial<FakeInstance> = {}) => {
    const tags = { Environment: 'production', Name, ...settings.tags };
    region.add(fakeInstance(`i-${(region.instances.size + 1).toString(16).padStart(17, '0a1b2c')}`, now, { ...settings, tags }));
  };
  const inGroup = { tags: { 'aws:autoscaling:groupName': 'web' } };
  add('web', inGroup);
  add('web', inGroup);
  add('node of the cluster', { tags: { 'kubernetes.io/cluster/shop': 'owned' } });
  add('licence server', { calls: [{ at: now - 3 * DAY, count: 41 }] });
  add('search, since last week', { launched: now - 6 * DAY, published: now - 6 * DAY });
  add('nightly, stopped', { state: 'stopped' });
  add('bastion', { tokens: 'required' });
  region.groups.set('web', { AutoScalingGroupName: 'web', LaunchTemplate: { LaunchTemplateId: 'lt-0abc', Version: '$Latest' } });
  region.templates.set('lt-0abc $Latest', { MetadataOptions: { HttpTokens: 'optional' } });
  return region;
}
