import type { CarrierFact } from './facts';
import { DOCUMENT_KEY } from './facts';
import type { JsonObject, Template } from './json';
import { documentObject, documentText, isPlain, own, parsed } from './json';
import type { Meaning } from './meaning';
import { UNKNOWN } from './meaning';
import { blockOf } from './tokens';

/** The settings of a resource besides tokens, with everything decided. Empty if they cannot be read. */
export function settingsOf(logicalId: string, meaning: Meaning): { readonly [key: string]: unknown } | undefined {
  const block = blockOf(logicalId, meaning);
  const holder = block && holderOf(block.fact, block.value, meaning);
  return holder === undefined ? undefined : Object.fromEntries(Object.values(block!.fact.others).map(key => [key, meaning.at(holder, key)]));
}

/** The hop limit of container hosts without one. */
const CONTAINER_HOPS = 2;

/** The settings that changed, those that were filled without a reason, and the missing hop limit of container hosts. */
export function unkept(before: JsonObject, after: JsonObject | undefined, isContainerHost: boolean): string[] {
  return Object.keys(before).flatMap(key => {
    const [was, is] = [before[key], after?.[key]];
    const wanted = was === undefined && key === 'HttpPutResponseHopLimit' && isContainerHost ? CONTAINER_HOPS : was;
    return wanted === is ? [] : [`${key} was ${words(was)} and is ${words(is)}`];
  });
}

/** The launch templates of Batch compute environments, which run containers. */
export function containerHosts({ Resources = {} }: Template): ReadonlySet<string> {
  const batches = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Batch::ComputeEnvironment');
  return new Set(batches.flatMap(({ Properties }) => namedIn(own(Properties, 'ComputeResources') ?? Properties)));
}

function namedIn(value: unknown): string[] {
  if (Array.isArray(value)) { return value.flatMap(namedIn); }
  if (typeof value !== 'object' || value === null) { return []; }
  return Object.entries(value).flatMap(([key, inner]) => key === 'Ref' && typeof inner === 'string' ? [inner] : namedIn(inner));
}

function holderOf(fact: CarrierFact, value: unknown, meaning: Meaning): unknown {
  if (fact.form === 'object') { return value === undefined ? {} : isPlain(value) ? value : undefined; }
  if (fact.form !== 'document') { return undefined; }
  const text = documentText(value);
  const content = text ? parsed(text.text) : documentObject(value);
  const inner = value === undefined ? {} : isPlain(content) ? meaning.value(own(content, DOCUMENT_KEY)) ?? {} : undefined;
  return isPlain(inner) ? inner : undefined;
}

function words(value: unknown): string {
  return value === UNKNOWN ? 'unknown' : JSON.stringify(value) ?? 'unset';
}
