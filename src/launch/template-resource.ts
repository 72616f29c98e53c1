import { posix } from 'path';
import type { JsonObject } from '../model/intrinsics';
import { intrinsicName, isObject, ownValue } from '../model/intrinsics';
import { RENDERED } from '../resources/layer';
import type { Place, PlaceOptions } from '../resources/places';
import { placesFor } from '../resources/places';
import { mayLack, plainAt, valuesAt } from '../resources/plain-places';
import type { ResourceRecord } from '../resources/record';
import { recordOf } from '../resources/record-table';
import type { ContainerMark } from './container-mark';
import { Reading } from './reading';
import type { KnownResource } from './template-file';
import type { TemplateStack } from './template-stack';
import type { LaunchResource } from './world';
import { initIn } from './world';

/** The type of a nested stack. */
export const NESTED_STACK = 'AWS::CloudFormation::Stack';

/** A resource as its template shows it. */
export class TemplateResource implements LaunchResource {
  public readonly type: string;
  public readonly record: ResourceRecord | undefined;
  public readonly reading: Reading = new Reading(this);
  private readonly written: unknown;
  /** The properties, where no function makes all of them: it is seen once, for all who ask for one. */
  private readonly plain: JsonObject | undefined;
  private knownPath: string | undefined;

  public constructor(public readonly stack: TemplateStack, public readonly logicalId: string, private readonly definition: unknown) {
    this.type = typeIn(definition);
    this.record = recordOf(this.type);
    this.written = this.section('Properties');
    this.plain = isObject(this.written) && intrinsicName(this.written) === undefined ? this.written : undefined;
  }

  public get mark(): ContainerMark | undefined {
    return this.stack.isMarked ? this.known?.mark : undefined;
  }

  public get path(): string {
    return this.knownPath ??= this.readPath();
  }

  /** Tells resources apart: the template, and the logical id in it. */
  public get id(): string {
    return `${this.stack.id}#${this.logicalId}`;
  }

  /** The file of its nested stack, if it is one and the file is known. */
  public get nestedFile(): string | undefined {
    if (this.type !== NESTED_STACK) { return undefined; }
    const file = this.metadataEntry('aws:asset:path');
    return this.known?.nestedFile ?? (typeof file === 'string' ? posix.join(this.stack.stage, file) : undefined);
  }

  public at(path: readonly string[], scalar = false): readonly Place[] {
    return this.placesFor(path, { scalar });
  }

  public placesFor(path: readonly string[], options: PlaceOptions): readonly Place[] {
    const { value, rest, where } = this.wayTo(path);
    return placesFor(value, rest, RENDERED, where, options);
  }

  public valuesAt(path: readonly string[]): readonly unknown[] {
    const { value, rest } = this.wayTo(path);
    return valuesAt(value, rest, RENDERED);
  }

  public plainAt(path: readonly string[]): Pick<Place, 'value' | 'layer'> | undefined {
    const { value, rest } = this.wayTo(path);
    return plainAt(value, rest, RENDERED);
  }

  public mayLack(path: readonly string[]): boolean {
    const { value, rest } = this.wayTo(path);
    return mayLack(value, rest, RENDERED);
  }

  public isRenderable(): boolean {
    return true;
  }

  public properties(): unknown {
    return this.written ?? {};
  }

  public init(): unknown {
    return this.stack.mayHaveInit ? initIn(this.section('Metadata')) : undefined;
  }

  public updatePolicy(): unknown {
    return this.section('UpdatePolicy');
  }

  public moreTagKeys(): readonly unknown[] {
    return this.known?.moreTagKeys?.() ?? [];
  }

  public property(name: string): unknown {
    const properties = this.written;
    return isObject(properties) ? ownValue(properties, name) : undefined;
  }

  public metadataEntry(name: string): unknown {
    const metadata = this.section('Metadata');
    return isObject(metadata) ? ownValue(metadata, name) : undefined;
  }

  /** The property that a path leads into, and the rest of it from there; all properties where one cannot tell. */
  private wayTo(path: readonly string[]): { readonly value: unknown; readonly rest: readonly string[]; readonly where: string } {
    return this.plain
      ? { value: ownValue(this.plain, path[0]), rest: path.slice(1), where: path[0] }
      : { value: this.written, rest: path, where: '' };
  }

  private readPath(): string {
    const path = this.known?.path ?? this.metadataEntry('aws:cdk:path');
    return typeof path === 'string' ? path : this.id;
  }

  private get known(): KnownResource | undefined {
    return this.stack.known(this.logicalId);
  }

  private section(name: string): unknown {
    return isObject(this.definition) ? ownValue(this.definition, name) : undefined;
  }
}

/** The type of a resource, as its definition has it. */
export function typeIn(definition: unknown): string {
  const type = isObject(definition) ? ownValue(definition, 'Type') : undefined;
  return typeof type === 'string' ? type : '';
}
