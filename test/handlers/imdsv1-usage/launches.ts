import { DAY, HOUR, type Simulated } from './world';

/** Pseudo-random numbers, the same for the same seed. */
export class Chance {
  private state: number;

  public constructor(seed: number) {
    this.state = seed >>> 0 || 1; // eslint-disable-line no-bitwise
  }

  /** Between 0 and 1. */
  public next(): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0; // eslint-disable-line no-bitwise
    return this.state / 2 ** 32;
  }

  public between(least: number, most: number): number {
    return Math.floor(least + this.next() * (most - least + 1));
  }

  public of<Item>(items: readonly Item[]): Item {
    return items[this.between(0, items.length - 1)];
  }
}

/** How the instances of a launcher use the metadata service. */
export type Habit = 'quiet' | 'calls' | 'calls at boot' | 'calls once' | 'stopped calling' | 'began to call' | 'required' | 'refused' | 'turned over' | 'rolled back' | 'silent';

export const HABITS: readonly Habit[] = [
  'quiet', 'quiet', 'quiet', 'quiet', 'calls', 'calls at boot', 'calls once', 'stopped calling', 'began to call', 'required', 'refused', 'turned over', 'rolled back', 'silent',
];

/** A launcher of the simulated account: its expected kind and name, and the tags of its instances. */
export interface Origin {
  /** Its kind and name in the record. */
  readonly key: string;
  readonly habit: Habit;
  readonly tags: { readonly [key: string]: string };
  readonly invokedBy?: string;
}

const UUID = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
const GROUP = 'aws:autoscaling:groupName';
const FLEET = 'aws:ec2:fleet-id';

/** All kinds of launchers of the account. */
export const ORIGINS: readonly ((name: string) => Omit<Origin, 'habit'>)[] = [
  name => ({
    key: `Auto Scaling group ${name}`,
    invokedBy: 'autoscaling.amazonaws.com',
    tags: { [GROUP]: name, [FLEET]: `fleet-${name}`, 'aws:ec2launchtemplate:id': `lt-${name}`, 'aws:ec2launchtemplate:version': '3' },
  }),
  name => ({
    key: `EKS node group shop/${name}`,
    invokedBy: 'autoscaling.amazonaws.com',
    tags: { [GROUP]: `eks-${name}-${UUID}`, 'eks:cluster-name': 'shop', 'eks:nodegroup-name': name, [FLEET]: `fleet-${name}` },
  }),
  name => ({
    key: `Batch compute environment ${name}`,
    invokedBy: 'autoscaling.amazonaws.com',
    tags: { [GROUP]: `AWSBatch-${name}-asg-${UUID}`, AWSBatchServiceTag: 'batch' },
  }),
  name => ({
    key: `Elastic Beanstalk environment ${name}`,
    invokedBy: 'autoscaling.amazonaws.com',
    tags: { [GROUP]: `awseb-e-${name}-stack-AWSEBAutoScalingGroup-1`, 'elasticbeanstalk:environment-id': `e-${name}`, 'elasticbeanstalk:environment-name': name },
  }),
  name => ({
    key: `ECS capacity provider web/${name}`,
    invokedBy: 'ecs.amazonaws.com',
    tags: { 'aws:ecs:clusterName': 'web', 'aws:ecs:capacityProviderName': name },
  }),
  name => ({ key: `EC2 Fleet fleet-${name}`, invokedBy: 'ec2fleet.amazonaws.com', tags: { [FLEET]: `fleet-${name}` } }),
  name => ({ key: `Spot Fleet sfr-${name}`, invokedBy: 'spotfleet.amazonaws.com', tags: { 'aws:ec2spot:fleet-request-id': `sfr-${name}` } }),
  name => ({ key: `EMR cluster j-${name}`, invokedBy: 'elasticmapreduce.amazonaws.com', tags: { 'aws:elasticmapreduce:job-flow-id': `j-${name}` } }),
  name => ({
    key: `Karpenter node pool shop/${name}`,
    invokedBy: 'ec2fleet.amazonaws.com',
    tags: { [FLEET]: `fleet-${name}`, 'karpenter.sh/nodepool': name, 'eks:eks-cluster-name': 'shop' },
  }),
  name => ({ key: `launch template lt-${name}`, tags: { 'aws:ec2launchtemplate:id': `lt-${name}`, 'aws:ec2launchtemplate:version': '1' } }),
];

/** The id of the nth instance. */
export function idOf(index: number): string {
  return `i-${index.toString(16).padStart(17, '0')}`;
}

/** The day on which the usage changes. */
export const TURN = 9 * DAY;

/** An instance of a launcher. */
export function launched(
  id: string, origin: Origin, region: string, beginning: number, launchedAt: number, endedAt: number | undefined, chance: Chance,
): Simulated {
  const turn = beginning + TURN;
  const boot = Math.floor(launchedAt / HOUR);
  const once = boot + chance.between(0, Math.max(0, Math.floor(((endedAt ?? beginning + 30 * DAY) - launchedAt) / HOUR) - 1));
  const isRare = chance.next() < 0.1;
  const lateBy = chance.next() < 0.1 ? chance.between(10, 85) * 60_000 : 0;
  const { habit } = origin;
  const tags = Object.entries(origin.tags).map(([key, value]) => ({ key, value }));
  return {
    id,
    region,
    tags: origin.tags,
    launchedAt,
    endedAt,
    requires: requirements(habit, turn),
    isSilent: habit === 'silent' && isRare,
    attempts: hour => attemptsOf(habit, hour, { boot, turn: Math.floor(turn / HOUR), once: isRare ? once : undefined }),
    lateness: () => lateBy,
    launch: {
      eventName: 'RunInstances',
      userIdentity: { invokedBy: origin.invokedBy },
      requestParameters: { tagSpecificationSet: { items: [{ resourceType: 'instance', tags }] } },
      responseElements: { instancesSet: { items: [{ instanceId: id }] } },
    },
  };
}

function requirements(habit: Habit, turn: number): Simulated['requires'] {
  const hour = Math.floor(turn / HOUR);
  switch (habit) {
    case 'required': case 'refused': return [[0, true]];
    case 'turned over': return [[0, false], [hour, true]];
    case 'rolled back': return [[0, true], [hour, false]];
    default: return undefined;
  }
}

interface Hours {
  readonly boot: number;
  readonly turn: number;
  readonly once?: number;
}

function attemptsOf(habit: Habit, hour: number, { boot, turn, once }: Hours): number {
  switch (habit) {
    case 'calls': case 'refused': return hour % 5 === 0 ? 7 : 0;
    case 'rolled back': return hour < turn && hour % 4 === 0 ? 2 : 0;
    case 'calls at boot': return hour <= boot + 1 ? 3 : 0;
    case 'calls once': return hour === once ? 1 : 0;
    case 'stopped calling': case 'turned over': return hour < turn && hour % 3 === 0 ? 5 : 0;
    case 'began to call': return hour >= turn && hour % 6 === 0 ? 4 : 0;
    default: return 0;
  }
}
