import type { StackResourceSummary } from '@aws-sdk/client-cloudformation';
import type { Context } from '../custom-resource/event';
import { stackResources } from '../custom-resource/stack-resources';
import type { Change } from './changes';
import type { Field, Value } from './defaults';
import type { Event } from './event';
import { type Memory, memoryIn } from './memory';

/** The type of the resource. */
export const TYPE = 'Custom::ImdsAccountDefaults';

/** The states of resources that no longer manage a Region, or never did. */
const HOLDS_NOTHING = /^DELETE_|^CREATE_FAILED$/;

/** The states of resources whose id may not contain yet what they manage. */
const CHANGES = /_IN_PROGRESS$/;

/** The other resources of this type in the stack, such as the one that this resource is renamed to. */
export class Others {
  /** The data of the resources that manage Regions. `undefined` for an id without data. */
  private readonly holding: readonly (Memory | undefined)[];

  /** The remembered changes, also those of a failed creation of this resource. */
  private readonly remembering: readonly Memory[];

  /** @param listed all resources of the stack; by default one with unknown data */
  public constructor(event: Event, listed: readonly Partial<StackResourceSummary>[] = [{ ResourceType: TYPE, ResourceStatus: 'UPDATE_IN_PROGRESS' }]) {
    const all = listed.filter(({ ResourceType, PhysicalResourceId }) => ResourceType === TYPE && PhysicalResourceId !== event.PhysicalResourceId);
    const others = all.filter(({ LogicalResourceId, ResourceStatus = '' }) => LogicalResourceId !== event.LogicalResourceId && !HOLDS_NOTHING.test(ResourceStatus));
    this.holding = others.map(({ ResourceStatus = '', PhysicalResourceId }) => CHANGES.test(ResourceStatus) ? undefined : memoryIn(PhysicalResourceId));
    this.remembering = all.flatMap(({ PhysicalResourceId }) => memoryIn(PhysicalResourceId) ?? []);
  }

  /** Whether another resource manages a field, or its data is unknown. */
  public hold(region: string, field: Field): boolean {
    return this.holding.includes(undefined) || this.wanted(region, field).length > 0;
  }

  /** The values that other resources want for a field. */
  public wanted(region: string, field: Field): Value[] {
    const there = this.holding.filter(memory => memory?.held?.includes(region) ?? true);
    return there.flatMap(memory => memory?.settings.filter(([name]) => name === field).map(([, value]) => value) ?? []);
  }

  /** The value before another resource wrote the current one. A resource that takes over the current value must remember the same former value. */
  public before(region: string, field: Field, value: Value): Value | undefined {
    const changes = this.remembering.flatMap(memory => memory.changes.get(region)?.get(field) ?? []);
    return changes.find(({ written }: Change) => written === value)?.before;
  }
}

/** Reads the other resources from CloudFormation. */
export async function othersOf(event: Event, context: Context): Promise<Others> {
  return new Others(event, await stackResources(event, context));
}
