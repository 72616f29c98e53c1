import type { CfnResource } from 'aws-cdk-lib';
import type { JsonObject } from '../model/intrinsics';
import { ownValue } from '../model/intrinsics';
import { isNothing } from '../resources/path';
import type { PlainL1 } from '../resources/plain-l1';
import { isPropertyObject } from '../resources/plain-l1';
import { noteWrite } from './taken-back';
import type { Change } from './writing-visitor';
import { newBlock } from './writing-visitor';
import { WrittenBlocks } from './written-blocks';

/** The properties of an L1, by their names. */
type Properties = { [name: string]: unknown };

/**
 * Requires tokens in a plain resource without a block for metadata options, before other aspects visit it. This is the fast case, for most resources.
 *
 * @returns the changes; `undefined` if the resource has a block, or may have one
 */
export function fillPlainly(resource: CfnResource, { holder, block: name, tokens, carrier }: PlainL1): readonly Change[] | undefined {
  const property = holder ?? name;
  const properties = resource as unknown as Properties;
  try {
    const before = properties[property];
    if (holder !== undefined && !isNothing(before) && !isPropertyObject(before)) { return undefined; }
    const replaced = holder === undefined || isNothing(before) ? before : ownValue(before as JsonObject, name);
    if (!isNothing(replaced)) { return undefined; }
    const block = { [tokens]: carrier.dialect.fields.tokens.spell('required') };
    const after = holder === undefined ? block : { ...before as object | undefined, [name]: block };
    properties[property] = after;
    const changes = [newBlock(carrier, carrier.block)];
    noteWrite(resource, { path: carrier.path, blocks: WrittenBlocks.ofNew(block, replaced, before, after), changes });
    return changes;
  } catch {
    return undefined; // the resource is frozen, or reading it throws an error
  }
}
