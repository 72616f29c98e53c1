import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { DeployedResource } from '../../src/usage/usage-record';
import { messageOf } from '../custom-resource/message-of';
import type { LauncherMemory, Memory } from './memory';
import type { Run } from './run';

/** How many physical ids are looked up in a run: the others wait for the next one. */
const MOST_LOOK_UPS = 40;

/**
 * Finds the resources of CloudFormation that launchers come from, where tags do not name them, and their launch templates. What was found is remembered.
 */
export async function findResources(run: Run, memory: Memory): Promise<void> {
  const wanted = new Set(Object.values(memory.launchers).flatMap(launcher => physicalIds(run, launcher)));
  Object.keys(memory.resources).filter(id => !wanted.has(id)).forEach(id => { delete memory.resources[id]; });
  const unknown = [...wanted].filter(id => !(id in memory.resources));
  const cloudFormation = run.aws.cloudFormation(run.region);
  let lookUps = 0;
  for (const id of unknown) {
    if (id in memory.resources) { continue; } // found with another one of its stack
    if (lookUps++ === MOST_LOOK_UPS) { return; }
    try {
      await lookUp(cloudFormation, id, wanted, memory, run);
    } catch (error) {
      console.log(run.region, 'CloudFormation', messageOf(error));
      return;
    }
  }
}

/** The resources of a launcher: those that tags named, and those that were found. */
export function resourcesOf(run: Pick<Run, 'account' | 'region'>, memory: Memory, launcher: LauncherMemory): DeployedResource[] {
  const all = [...launcher.resources, ...physicalIds(run, launcher).flatMap(id => memory.resources[id] ?? [])];
  return [...new Map(all.map(each => [`${each.stackName} ${each.logicalId}`, each])).values()];
}

/** What CloudFormation may call a launcher, and its launch templates. A group or an instance of a stack has tags that name it. */
function physicalIds({ region, account }: Pick<Run, 'account' | 'region'>, { kind, name, templates }: LauncherMemory): string[] {
  return [...ownId(kind, name, region, account), ...templates.map(([id]) => id)];
}

function ownId(kind: LauncherMemory['kind'], name: string, region: string, account: string): string[] {
  switch (kind) {
    case 'EKS node group': case 'Elastic Beanstalk environment': case 'EMR cluster': case 'EC2 Fleet': case 'Spot Fleet': return [name];
    case 'ECS capacity provider': return [name.split('/').pop()!];
    case 'Batch compute environment': return [`arn:${partitionOf(region)}:batch:${region}:${account}:compute-environment/${name}`];
    default: return [];
  }
}

function partitionOf(region: string): string {
  return region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** CloudFormation answers with all resources of the stack that one of them is in. */
async function lookUp(
  cloudFormation: Pick<CloudFormation, 'describeStackResources'>, id: string, wanted: ReadonlySet<string>, memory: Memory, { inTime }: Run,
): Promise<void> {
  const answer = await cloudFormation.describeStackResources({ PhysicalResourceId: id }, inTime()).catch((error: Error) => {
    if (error.name === 'ValidationError') { return undefined; } // it is in no stack
    throw error;
  });
  memory.resources[id] = null;
  for (const { PhysicalResourceId = '', StackName: stackName, LogicalResourceId: logicalId } of answer?.StackResources ?? []) {
    if (stackName && logicalId && wanted.has(PhysicalResourceId)) { memory.resources[PhysicalResourceId] = { stackName, logicalId }; }
  }
}
