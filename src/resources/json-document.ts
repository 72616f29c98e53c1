import type { ParameterLookup } from '../model/intrinsics';
import { intrinsicName, isAbsent, isObject } from '../model/intrinsics';
import type { SettingName, Settings, WantedSettings } from '../model/settings';
import type { Dialect } from './dialects';
import type { Fields } from './fields';
import { HOP_LIMIT_FIELD } from './fields';
import { parseJsonText } from './json-text';
import type { JsonText } from './json-text';
import { KeyedBlock } from './keyed-block';
import type { Layer } from './layer';
import { rewriteAt } from './rewrite-at';

/**
 * A property that is a JSON document: an object, a string of JSON, or a string put together by `Fn::Join`, `Fn::Sub` or `Fn::ToJsonString`.
 *
 * The block lies under one key of the document. Names inside it are the document's own.
 */
export class JsonDocument implements Dialect {
  public readonly scalar = false;
  private readonly block: KeyedBlock;

  public constructor(public readonly title: string, private readonly key: string, public readonly fields: Fields) {
    this.block = new KeyedBlock(fields);
  }

  public read(document: unknown, layer: Layer, parameters: ParameterLookup): Settings | undefined {
    const content = this.contentOf(document);
    if (!content) { return undefined; }
    const blocks: (Settings | undefined)[] = [];
    this.visit(content.object, layer, block => {
      blocks.push(this.block.read(block, layer.verbatim, parameters));
      return block;
    });
    return blocks.includes(undefined) || blocks.length === 0 ? undefined : mergeSettings(blocks as Settings[]);
  }

  public require(document: unknown, wanted: WantedSettings, layer: Layer, parameters: ParameterLookup): unknown {
    const sayable = isObject(document) && !intrinsicName(document) ? wanted : withoutUnresolvedHopLimit(wanted);
    return this.rewrite(document, layer, block => this.block.require(block, sayable, layer.verbatim, parameters));
  }

  public requireWhereSet(document: unknown, layer: Layer, parameters: ParameterLookup): unknown {
    return this.rewrite(document, layer, block => this.block.requireWhereSet(block, layer.verbatim, parameters));
  }

  private rewrite(document: unknown, layer: Layer, change: (block: unknown) => unknown): unknown {
    const content = this.contentOf(document);
    if (!content) { return document; }
    const object = this.visit(content.object, layer, change);
    if (object === content.object) { return document; }
    return content.text ? content.text.print(object) : object;
  }

  private visit(object: unknown, layer: Layer, block: (value: unknown) => unknown): unknown {
    return rewriteAt(object, [this.key], layer.verbatim, { scalar: false, createsParents: true, block, barred: () => undefined });
  }

  private contentOf(document: unknown): { object: { readonly [key: string]: unknown }; text?: JsonText } | undefined {
    if (isAbsent(document)) { return { object: {} }; }
    if (isObject(document) && !intrinsicName(document)) { return { object: document }; }
    const text = parseJsonText(document);
    return text && isObject(text.value) ? { object: text.value, text } : undefined;
  }
}

/** The values of all branches of a condition. */
function mergeSettings(all: readonly Settings[]): Settings {
  const names = Object.keys(all[0]) as SettingName[];
  return Object.fromEntries(names.map(name => [name, all.flatMap(settings => settings[name]!)]));
}

/** A hop limit that is known at deploy time only cannot be written into text. */
function withoutUnresolvedHopLimit(wanted: WantedSettings): WantedSettings {
  return HOP_LIMIT_FIELD.accepts(wanted.hopLimit) ? wanted : { ...wanted, hopLimit: undefined };
}
