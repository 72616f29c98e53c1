import type { CarrierFact } from './facts';
import { DOCUMENT_KEY } from './facts';
import type { JsonObject, Template } from './json';
import { documentObject, documentText, isPlain, own, parsed } from './json';
import type { Meaning } from './meaning';
import { UNKNOWN } from './meaning';
import { blockOf } from './tokens';

/** The settings that a resource has besides tokens, once everything is decided; none where they cannot be read. */
export function settingsOf(logicalId: string, meaning: Meaning): { readonly [key: string]: unknown } | undefined {
  const block = blockOf(logicalId, meaning);
  const holder = block && holderOf(block.fact, block.value, meaning);
  return holder === undefined ? undefined : Object.fromEntries(Object.values(block!.fact.others).map(key => [key, meaning.at(holder, key)]));
}

/** The hop limit that container hosts get where nobody gave them one. */
const CONTAINER_HOPS = 2;

/** What was set before and is something else now, and what was filled though nobody asked, or not filled though it is a container host. */
export function unkept(before: JsonObject, after: JsonObject | undefined, isContainerHost: boolean): string[] {
  return Object.keys(before).flatMap(key => {
    const [was, is] = [before[key], after?.[key]];
    const wanted = was === undefined && key === 'HttpPutResponseHopLimit' && isContainerHost ? CONTAINER_HOPS : was;
    return wanted === is ? [] : [`${key} was ${words(was)} and is ${words(is)}`];
  });
}

/** The launch templates that a compute environment of Batch may launch from: containers run there. */
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
