import type { StackResourceSummary } from '@aws-sdk/client-cloudformation';
import type { Context } from '../custom-resource/event';
import { stackResources } from '../custom-resource/stack-resources';
import type { Change } from './changes';
import type { Field, Value } from './defaults';
import type { Event } from './event';
import { type Memory, memoryIn } from './memory';

/** The type of the resource. */
export const TYPE = 'Custom::ImdsAccountDefaults';

/** The states of resources that hold no Region (any more). */
const HOLDS_NOTHING = /^DELETE_|^CREATE_FAILED$/;

/** The states of resources whose id may not say yet what they hold. */
const CHANGES = /_IN_PROGRESS$/;

/** What the other resources of the stack hold, such as the one that this one is renamed to. */
export class Others {
  /** What is said by those that hold something; nothing of one whose id does not say it. */
  private readonly holding: readonly (Memory | undefined)[];

  /** What was changed, also by a creation of this resource that failed. */
  private readonly remembering: readonly Memory[];

  /** @param listed all resources of the stack; where nobody knows them, one that does not say what it holds */
  public constructor(event: Event, listed: readonly Partial<StackResourceSummary>[] = [{ ResourceType: TYPE, ResourceStatus: 'UPDATE_IN_PROGRESS' }]) {
    const all = listed.filter(({ ResourceType, PhysicalResourceId }) => ResourceType === TYPE && PhysicalResourceId !== event.PhysicalResourceId);
    const others = all.filter(({ LogicalResourceId, ResourceStatus = '' }) => LogicalResourceId !== event.LogicalResourceId && !HOLDS_NOTHING.test(ResourceStatus));
    this.holding = others.map(({ ResourceStatus = '', PhysicalResourceId }) => CHANGES.test(ResourceStatus) ? undefined : memoryIn(PhysicalResourceId));
    this.remembering = all.flatMap(({ PhysicalResourceId }) => memoryIn(PhysicalResourceId) ?? []);
  }

  /** Whether another one holds a field, or does not say what it holds. */
  public hold(region: string, field: Field): boolean {
    return this.holding.includes(undefined) || this.wanted(region, field).length > 0;
  }

  /** What the others want a field to be. */
  public wanted(region: string, field: Field): Value[] {
    const there = this.holding.filter(memory => memory?.held?.includes(region) ?? true);
    return there.flatMap(memory => memory?.settings.filter(([name]) => name === field).map(([, value]) => value) ?? []);
  }

  /** What was there before another one wrote what is there now: whoever goes on with it has to remember the same. */
  public before(region: string, field: Field, value: Value): Value | undefined {
    const changes = this.remembering.flatMap(memory => memory.changes.get(region)?.get(field) ?? []);
    return changes.find(({ written }: Change) => written === value)?.before;
  }
}

/** Asks CloudFormation. */
export async function othersOf(event: Event, context: Context): Promise<Others> {
  return new Others(event, await stackResources(event, context));
}
