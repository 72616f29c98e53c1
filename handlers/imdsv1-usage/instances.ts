import type { Instance } from '@aws-sdk/client-ec2';
import type { DeployedResource } from '../../src/usage/usage-record';
import { type Hour, hourOf } from './hours';
import { launcherOf, LOGICAL_ID, STACK, type Tags, TEMPLATE_ID, TEMPLATE_VERSION } from './launcher-of';
import type { Launcher } from './memory';
import { pages } from './pages';
import type { Run } from './run';

/** An instance in EC2. */
export interface Described {
  readonly id: string;
  readonly is: 'running' | 'stopped' | 'gone';
  /** Whether it requires IMDSv2, or its metadata service is off. */
  readonly requires: boolean;
  readonly launched?: Hour;
  readonly launcher: Launcher;
  readonly template?: [string, string];
  readonly resource?: DeployedResource;
}

/** The number of instances in a page. */
const PAGE = 1000;

/** The instances of a Region, including those that an AWS service manages and hides. EC2 returns a terminated instance for about an hour. */
export async function describeInstances({ aws, region, inTime }: Run): Promise<Described[]> {
  const ec2 = aws.ec2(region);
  const described: Described[] = [];
  for await (const { Reservations = [] } of pages(NextToken =>
    ec2.describeInstances({ MaxResults: PAGE, IncludeManagedResources: true, NextToken }, inTime()))) {
    Reservations.forEach(({ Instances = [] }) => Instances.forEach(each => described.push(...describedIn(each))));
  }
  return described;
}

function describedIn({ InstanceId: id, State, MetadataOptions, LaunchTime, Tags: list }: Instance): Described[] {
  if (!id) { return []; }
  const tags: Tags = Object.fromEntries((list ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
  return [{
    id,
    is: stateIn(State?.Name),
    requires: MetadataOptions?.HttpTokens === 'required' || MetadataOptions?.HttpEndpoint === 'disabled',
    launched: LaunchTime && hourOf(LaunchTime),
    ...saidBy(id, tags),
  }];
}

/** The launcher data in the tags of an instance. */
export function saidBy(id: string, tags: Tags): Pick<Described, 'launcher' | 'template' | 'resource'> {
  const { [TEMPLATE_ID]: template, [TEMPLATE_VERSION]: version = '', [STACK]: stackName, [LOGICAL_ID]: logicalId } = tags;
  return {
    launcher: launcherOf(id, tags),
    template: template ? [template, version] : undefined,
    resource: stackName && logicalId ? { stackName, logicalId } : undefined,
  };
}

function stateIn(name: string | undefined): Described['is'] {
  switch (name) {
    case 'stopped': return 'stopped';
    case 'shutting-down': case 'terminated': return 'gone';
    default: return 'running'; // pending and stopping instances publish metrics, too
  }
}
