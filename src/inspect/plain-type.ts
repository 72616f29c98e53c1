import type { TemplateStack } from '../launch/template-stack';
import { LATEST, LATEST_NUMBER } from '../launch/versions';
import type { JsonObject } from '../model/intrinsics';
import { RENDERED } from '../resources/layer';
import { parsePath } from '../resources/path';
import type { Carrier, LaunchReference, ResourceRecord } from '../resources/record';
import { isBoundToReleases } from '../resources/record-table';
import { NOT_PLAIN, argumentOf, isPlainObject, renderedAt } from '../resources/rendered-places';
import type { Finding } from './finding';
import { tokensNotRequired } from './options';
import { isFineBlock } from './quick-verdict';

const NONE: readonly Finding[] = [];

/** Facts that matter for all types. */
interface Circumstances {
  /** The highest hop limit that is accepted. */
  readonly most: number;
  /** Whether the app has exemptions, which may have no effect on a resource that leaves tokens to what it launches from. */
  readonly mayBeExempt: boolean;
}

/** A type with resources that can be plain: see `PlainVerdicts`. */
export class PlainType {
  /** The type of a record; `undefined` if more than options and launches decide about its resources. */
  public static of(record: ResourceRecord | undefined, circumstances: Circumstances): PlainType | undefined {
    if (!record || record.scripts.length > 0 || record.releases || record.tagsOfManaged || isBoundToReleases(record.type)) { return undefined; }
    const { carriers, gaps } = record;
    const isPlain = carriers.length === 0
      ? gaps.every(({ when }) => when.present !== undefined)
      : carriers.length === 1 && gaps.length === 0 && carriers[0].decidesAlone === 'always';
    return isPlain ? new PlainType(record, circumstances) : undefined;
  }

  private readonly carrier: Carrier | undefined;
  /** The findings on a resource without options that launches from nothing. */
  private readonly silence: readonly Finding[];
  /** The properties that can each create a gap. */
  private readonly gaps: readonly string[];
  private readonly references: readonly LaunchReference[];
  /** Whether blocks are fine, by their JSON: many resources have the same block. */
  private readonly fine = new Map<string, boolean>();

  private constructor(public readonly record: ResourceRecord, private readonly circumstances: Circumstances) {
    [this.carrier] = record.carriers;
    this.silence = this.carrier ? [tokensNotRequired(this.carrier)] : NONE;
    this.gaps = record.gaps.map(({ when }) => parsePath(when.present!)[0]);
    this.references = record.launchesFrom?.references ?? [];
  }

  /** The findings on a resource without containers and scripts; `undefined` if it is not plain. */
  public verdictOn({ Properties: properties }: JsonObject, stack: TemplateStack): readonly Finding[] | undefined {
    if (!isPlainObject(properties) || this.mayHaveGap(properties)) { return undefined; }
    const block = this.carrier && renderedAt(properties, this.carrier.path);
    if (block === undefined) { return this.verdictByLaunches(properties, stack); }
    return block !== NOT_PLAIN && this.isFine(block) ? NONE : undefined;
  }

  /** The same for a resource without options. */
  private verdictByLaunches(properties: JsonObject, stack: TemplateStack): readonly Finding[] | undefined {
    let named = 0;
    for (let index = 0; index < this.references.length; index++) {
      const specification = renderedAt(properties, this.references[index].segments);
      if (specification === undefined) { continue; }
      if (this.circumstances.mayBeExempt || !followsTemplate(specification, this.references[index], stack)) { return undefined; }
      named += 1;
    }
    if (!this.carrier || named === 0) { return this.silence; }
    return named === this.references.length ? NONE : undefined;
  }

  private mayHaveGap(properties: JsonObject): boolean {
    for (let index = 0; index < this.gaps.length; index++) {
      if (properties[this.gaps[index]] !== undefined) { return true; }
    }
    return false;
  }

  private isFine(block: unknown): boolean {
    const text = JSON.stringify(block);
    let isFine = this.fine.get(text);
    if (isFine === undefined) {
      isFine = isFineBlock(block, RENDERED, this.carrier!.dialect, this.circumstances.most);
      this.fine.set(text, isFine);
    }
    return isFine;
  }
}

/** Whether a specification names a launch template of the same template by its id, and its latest version. */
function followsTemplate(specification: unknown, { keys, target }: LaunchReference, stack: TemplateStack): boolean {
  if (!keys || !isPlainObject(specification) || (keys.name !== undefined && specification[keys.name] !== undefined)) { return false; }
  const id = argumentOf(specification[keys.id], 'Ref');
  if (typeof id !== 'string' || stack.typeAt(id) !== target) { return false; }
  const version = specification[keys.version];
  if (version === LATEST) { return true; }
  const attribute = argumentOf(version, 'Fn::GetAtt');
  return Array.isArray(attribute) && attribute.length === 2 && attribute[0] === id && attribute[1] === LATEST_NUMBER;
}
