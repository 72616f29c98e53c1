import type { Outcome } from '../custom-resource/answering';
import type { Context } from '../custom-resource/event';
import { Failure } from '../custom-resource/failure';
import { keeping } from '../custom-resource/keeping';
import { messageOf } from '../custom-resource/message-of';
import { isRollingBack } from '../custom-resource/stack';
import type { ChangesByRegion } from './changes';
import { checkRequest, configuration } from './configuration';
import { Deployment } from './deployment';
import type { Event } from './event';
import { failure } from './failure';
import { type Memory, memoryIn, physicalIdOf } from './memory';

/** What is kept of the time for asking CloudFormation, and for taking back what was written, in milliseconds. */
const TIME_TO_TAKE_BACK = 120_000;
const TIME_TO_WRITE_BACK = 60_000;

/**
 * Carries out a creation or an update. One that fails takes back what it wrote, and a creation says by its id what it could not take back. One by
 * which CloudFormation takes back an update never fails, so that the stack is not stuck, and says what is not as wanted.
 */
export async function apply(event: Event, context: Context): Promise<Outcome> {
  const configured = configuration();
  const former = event.RequestType === 'Update' ? memoryIn(event.PhysicalResourceId) : undefined;
  const creation = former?.creation ?? event.RequestId.slice(0, 8);
  const deployment = new Deployment(event, configured, former?.changes ?? new Map());
  const idOf = (held: Memory['held'], changes: ChangesByRegion) => physicalIdOf({ creation, held, changes: inOrder(changes) });
  let reason: string;
  try {
    checkRequest(configured, event.ResourceProperties);
    await deployment.run(keeping(context, TIME_TO_TAKE_BACK));
    if (deployment.failures.size === 0) {
      await deployment.drop(context);
      return outcome(deployment, idOf(configured.regions, deployment.changes));
    }
    reason = failure(deployment.failures, deployment.holding.length);
  } catch (error) {
    reason = messageOf(error);
  }

  if (event.RequestType === 'Update' && await isTakenBack(event, context)) {
    deployment.keep();
    await deployment.drop(context);
    deployment.words.unshift(`the rollback goes on, though not everything is as wanted: ${reason}`);
    return outcome(deployment, idOf(configured.regions, deployment.changes));
  }
  const { words, left } = await deployment.takeBack(context);
  const message = [reason, ...words].join('; ');
  throw event.RequestType === 'Create' ? new Failure(message, idOf([], left)) : new Error(message);
}

/** Whether CloudFormation takes back an update by this one. */
async function isTakenBack(event: Event, context: Context): Promise<boolean> {
  return isRollingBack(event, keeping(context, TIME_TO_WRITE_BACK)).catch(() => false);
}

function outcome({ words, changes, holding, skipped }: Deployment, PhysicalResourceId: string): Outcome {
  const forgotten = [...inOrder(changes).keys()].filter(region => !memoryIn(PhysicalResourceId)?.changes.has(region));
  if (forgotten.length > 0) { words.push(`${forgotten.join()}: not remembered, so never undone`); }
  return { Reason: words.join('; ') || 'done', PhysicalResourceId, Data: { Regions: namesOf(holding), SkippedRegions: namesOf(skipped) } };
}

/** CloudFormation exports no value that is empty. */
function namesOf(regions: readonly string[]): string {
  return regions.join() || 'none';
}

/** The same changes are the same id, in whatever order they were made. */
function inOrder(changes: ChangesByRegion): ChangesByRegion {
  return new Map([...changes].filter(([, { size }]) => size > 0).sort(([one], [other]) => one < other ? -1 : 1));
}
