import type { CfnResource } from 'aws-cdk-lib';
import { ConstructNote } from '../model/construct-note';
import type { ParameterLookup } from '../model/intrinsics';
import type { WantedSettings } from '../model/settings';
import { LiveResource } from '../resources/live-resource';
import { isNothing } from '../resources/path';
import { plainValueAt, putAt } from '../resources/plain-places';
import { PropertyWriter } from '../resources/property-writer';
import type { Carrier } from '../resources/record';
import type { StackLayers } from '../resources/stack-layers';
import type { Change } from './writing-visitor';
import { WritingVisitor, newBlock } from './writing-visitor';

/** On a resource: the places that a class of the user always renders in its own way. */
const UNWRITABLE = new ConstructNote<readonly Carrier[]>('Unwritable');

type Write = (writer: PropertyWriter<WritingVisitor>) => WritingVisitor | undefined;

/** Writes the wanted settings into one resource, in place. */
export class ResourceWriter {
  /** The resource. */
  public readonly live: LiveResource;

  /**
   * @param parameters the parameters of its stack, with their possible values
   * @param layers the layers of its stack, if the caller has them
   */
  public constructor(private readonly resource: CfnResource, private readonly parameters: ParameterLookup, layers?: StackLayers) {
    this.live = new LiveResource(resource, layers);
  }

  /** The changes that are necessary in a place. */
  public pending(carrier: Carrier, wanted: WantedSettings): readonly Change[] {
    const writer = this.writerFor(carrier, wanted);
    return this.isUnwritable(carrier) || writer.leavesAsItIs ? [] : writer.read().changes;
  }

  /** Writes the wanted settings into a place. Returns the changes. */
  public write(carrier: Carrier, wanted: WantedSettings): readonly Change[] {
    return this.fillIn(carrier, wanted) ?? this.rewrite(carrier, wanted);
  }

  /** Writes the wanted settings into properties of the user, but not into overrides. Other code can still add overrides, and CDK merges them into the same objects. */
  public writeProperties(carrier: Carrier, wanted: WantedSettings): readonly Change[] {
    return this.fillIn(carrier, wanted) ?? this.rewrite(carrier, wanted, writer => writer.writeProperties());
  }

  /** The fast case, for most resources: the place is empty, and its path has only plain objects. `undefined` for others. */
  private fillIn(carrier: Carrier, wanted: WantedSettings): readonly Change[] | undefined {
    const { path, block: where, dialect } = carrier;
    if (!this.live.isPlain || carrier.needsParent || carrier.inherits) { return undefined; }
    const written = this.live.writtenAsRendered(path);
    const nothing = written && plainValueAt(written.value, written.path, written.layer);
    if (!written || !isNothing(nothing)) { return undefined; }
    const block = dialect.require(nothing, wanted, written.layer, this.parameters);
    const isWritten = block !== undefined && this.live.write(path, putAt(written.value, written.path, written.layer, block));
    return isWritten ? [newBlock(carrier, where)] : undefined;
  }

  private rewrite(carrier: Carrier, wanted: WantedSettings, write: Write = writer => writer.write()): readonly Change[] {
    if (this.isUnwritable(carrier)) { return []; }
    const writer = this.writerFor(carrier, wanted);
    const { changes = [] } = write(writer) ?? {};
    if (changes.length === 0 || !LiveResource.rendersItself(this.resource) || writer.read().changes.length === 0) { return changes; }
    UNWRITABLE.write(this.resource, [...UNWRITABLE.of(this.resource) ?? [], carrier]);
    return [];
  }

  private isUnwritable(carrier: Carrier): boolean {
    return UNWRITABLE.of(this.resource)?.includes(carrier) === true;
  }

  private writerFor(carrier: Carrier, wanted: WantedSettings): PropertyWriter<WritingVisitor> {
    return new PropertyWriter(this.live, carrier.path, {
      whole: () => new WritingVisitor(carrier, wanted, this.parameters),
      merged: () => new WritingVisitor(carrier, { tokens: wanted.tokens }, this.parameters),
    });
  }
}
