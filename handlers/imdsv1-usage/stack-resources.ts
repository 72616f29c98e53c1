import type { CloudFormation, StackResourceSummary } from '@aws-sdk/client-cloudformation';
import { PHYSICAL_IDS } from '../../src/model/launcher-kinds';
import type { DeployedResource } from '../../src/usage/usage-record';
import { messageOf } from '../custom-resource/message-of';
import { HOURS_OF_DAY, hourOf } from './hours';
import type { LauncherMemory, Memory } from './memory';
import { pages } from './pages';
import type { Run } from './run';

/** The most physical ids that a run looks up. The others wait for the next run. */
const MOST_LOOK_UPS = 40;

/** After how many hours CloudFormation is asked again about an id without a stack: a stack can import it, or was too new. */
const ASKED_AGAIN_AFTER = HOURS_OF_DAY;

/** The most repeated look-ups in a run, the oldest first: about a hundred in a day. Most of these ids never belong to a stack. */
const MOST_AGAIN = 5;

/** From this number of resources on, CloudFormation describes only a part of a stack. */
const MOST_DESCRIBED = 100;

/** The stacks that Elastic Beanstalk creates itself. They do not belong to an app. */
const OF_BEANSTALK = /^awseb-e-/;

type Where = Pick<Run, 'account' | 'region'>;

/** Finds the CloudFormation resources of launchers, if no tags name them, and of their launch templates. It stores them in the memory. */
export async function findResources(run: Run, memory: Memory): Promise<void> {
  const { resources } = memory;
  const wanted = new Map(Object.values(memory.launchers).flatMap(launcher => physicalIds(run, launcher)).map(id => [keyOf(id), id]));
  Object.keys(resources).filter(key => !wanted.has(key)).forEach(key => { delete resources[key]; });
  const hour = hourOf(run.now);
  const askedAt = (key: string) => Number(resources[key]);
  const fresh = [...wanted.keys()].filter(key => !isAnswer(resources[key]));
  const again = [...wanted.keys()].filter(key => isAnswer(resources[key]) && hour - askedAt(key) >= ASKED_AGAIN_AFTER)
    .sort((one, other) => askedAt(one) - askedAt(other)).slice(0, MOST_AGAIN);
  let lookUps = 0;
  for (const key of [...fresh, ...again]) {
    if (typeof resources[key] === 'object' && isAnswer(resources[key])) { continue; } // found with another one of its stack
    if (lookUps++ === MOST_LOOK_UPS) { return; }
    try {
      const found = await stackWith(run, wanted.get(key)!);
      resources[key] = hour;
      found.filter(([physicalId]) => wanted.has(keyOf(physicalId))).forEach(([physicalId, resource]) => { resources[keyOf(physicalId)] = resource; });
    } catch (error) {
      console.log(run.region, 'CloudFormation', messageOf(error));
      return;
    }
  }
}

/** The resources of a launcher: those in tags, and those that were found. */
export function resourcesOf(where: Where, memory: Memory, launcher: LauncherMemory): DeployedResource[] {
  const found = physicalIds(where, launcher).map(id => memory.resources[keyOf(id)]).filter(each => isAnswer(each) && typeof each === 'object');
  const all = [...launcher.resources, ...found as DeployedResource[]].filter(({ stackName }) => !OF_BEANSTALK.test(stackName));
  return [...new Map(all.map(each => [`${each.stackName} ${each.logicalId}`, each])).values()];
}

/** Whether CloudFormation still has to be asked about a resource of a launcher. */
export function isUnresolved(where: Where, memory: Memory, launcher: LauncherMemory): boolean {
  return physicalIds(where, launcher).some(id => !isAnswer(memory.resources[keyOf(id)]));
}

function isAnswer(known: Memory['resources'][string] | null | undefined): boolean {
  return known !== undefined && known !== null;
}

/** The key of a physical id. The id alone could be a name such as `constructor`, which every object has. */
function keyOf(id: string): string {
  return `id ${id}`;
}

/** The possible physical ids of a launcher and its launch templates. A group or an instance of a stack has tags that name its resource. */
function physicalIds(where: Where, { kind, name, templates }: LauncherMemory): string[] {
  const idOf = PHYSICAL_IDS[kind];
  return [...idOf ? [idOf(name, where)] : [], ...templates.map(([id]) => id)];
}

/** All resources of the stack that contains a physical id, by their physical ids. */
async function stackWith({ aws, region, inTime }: Run, id: string): Promise<[string, DeployedResource][]> {
  const cloudFormation = aws.cloudFormation(region);
  const answer = await cloudFormation.describeStackResources({ PhysicalResourceId: id }, inTime()).catch((error: Error) => {
    if (error.name === 'ValidationError') { return undefined; } // it is in no stack
    throw error;
  });
  const described = answer?.StackResources ?? [];
  const stackName = described.find(({ StackName }) => StackName)?.StackName;
  if (stackName === undefined) { return []; }
  const all = described.length < MOST_DESCRIBED ? described : await listed(cloudFormation, stackName, inTime);
  return all.flatMap(({ PhysicalResourceId, LogicalResourceId: logicalId }) =>
    PhysicalResourceId && logicalId ? [[PhysicalResourceId, { stackName, logicalId }] as [string, DeployedResource]] : []);
}

async function listed(
  cloudFormation: Pick<CloudFormation, 'listStackResources'>, StackName: string, inTime: Run['inTime'],
): Promise<StackResourceSummary[]> {
  const all: StackResourceSummary[] = [];
  for await (const { StackResourceSummaries = [] } of pages(NextToken => cloudFormation.listStackResources({ StackName, NextToken }, inTime()))) {
    all.push(...StackResourceSummaries);
  }
  return all;
}
