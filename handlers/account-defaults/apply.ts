import type { Outcome } from '../custom-resource/answering';
import type { Context } from '../custom-resource/event';
import { Failure } from '../custom-resource/failure';
import { keeping } from '../custom-resource/keeping';
import { messageOf } from '../custom-resource/message-of';
import type { ChangesByRegion } from './changes';
import { configuration, objectionToRequest } from './configuration';
import { settingsIn } from './defaults';
import { Deployment, withWritten } from './deployment';
import type { Event } from './event';
import { failure } from './failure';
import { type Memory, memoryIn, physicalIdOf } from './memory';
import { situationOf } from './situation';

/** The time in milliseconds that is reserved for the work after the calls to CloudFormation. */
const TIME_TO_ACT = 120_000;

/**
 * Handles a creation or an update. If it fails, it takes back what it wrote, and its physical id stores what it could not take back. A rollback of an
 * update never fails, so that the stack does not get stuck. It reports what differs from the wanted values.
 */
export async function apply(event: Event, context: Context): Promise<Outcome> {
  const configured = configuration();
  const problem = objectionToRequest(configured, event.ResourceProperties);
  if (problem && event.RequestType === 'Create') { throw new Error(problem); }
  const former = event.RequestType === 'Update' ? memoryIn(event.PhysicalResourceId) : undefined;
  const situation = await situationOf(event, former, keeping(context, TIME_TO_ACT));
  const memory: Memory = { creation: event.RequestId.slice(0, 8), settings: configured.settings, held: [], changes: new Map(), ...former };
  const failed = situation.isWayBack ? settingsIn(event.OldResourceProperties?.Defaults) : [];
  const deployment = new Deployment(configured, memory.changes, situation, failed);
  const idOf = ({ changes, ...others }: Memory) => physicalIdOf({ ...others, changes: inOrder(changes) });
  const done = (): Memory => ({ ...memory, settings: configured.settings, held: configured.regions, changes: deployment.changes });
  let reason = problem || situation.refusal;
  if (reason && !situation.isWayBack) { throw new Error(reason); }
  if (reason) {
    deployment.words.push(onWayBack(reason));
    return outcome(deployment, event.PhysicalResourceId ?? idOf(memory));
  }

  try {
    await deployment.run(context);
    if (deployment.failures.size === 0) {
      const unheard = situation.isWayBack ? undefined : async () => deployment.takeBack(context);
      return { ...outcome(deployment, idOf(done())), unheard };
    }
    reason = failure(deployment.failures, deployment.holding.length);
  } catch (error) {
    reason = messageOf(error);
  }

  if (situation.isWayBack) {
    deployment.keep();
    await deployment.drop(context);
    deployment.words.unshift(onWayBack(reason));
    return outcome(deployment, idOf(done()));
  }
  const { words, left } = await deployment.takeBack(context);
  const message = [reason, ...words].join('; ');
  if (event.RequestType === 'Update' && left.size === 0) { throw new Error(message); }
  throw new Failure(message, idOf({ ...memory, changes: withLeft(memory.changes, left) }));
}

function onWayBack(reason: string): string {
  return `the rollback continues, but some defaults are not set: ${reason}`;
}

function withLeft(changes: ChangesByRegion, left: ChangesByRegion): ChangesByRegion {
  return new Map([...changes, ...[...left].map(([region, each]) => [region, withWritten(changes.get(region) ?? new Map(), each)] as const)]);
}

function outcome({ words, changes, holding, skipped }: Deployment, PhysicalResourceId: string): Outcome {
  const forgotten = [...inOrder(changes).keys()].filter(region => !memoryIn(PhysicalResourceId)?.changes.has(region));
  if (forgotten.length > 0) { words.push(`${forgotten.join()}: these changes are not recorded and will not be undone`); }
  return { Reason: words.join('; ') || 'done', PhysicalResourceId, Data: { Regions: namesOf(holding), SkippedRegions: namesOf(skipped) } };
}

/** CloudFormation cannot export an empty value. */
function namesOf(regions: readonly string[]): string {
  return regions.join() || 'none';
}

/** Sorts the changes, so that the same changes always have the same id. */
function inOrder(changes: ChangesByRegion): ChangesByRegion {
  return new Map([...changes].filter(([, { size }]) => size > 0).sort(([one], [other]) => one < other ? -1 : 1));
}
