import type { CarrierFact } from './facts';
import { DOCUMENT_KEY } from './facts';
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

/** What was set before and is something else now, and what was filled though nobody asked. Container hosts get a hop limit. */
export function unkept(before: { readonly [key: string]: unknown }, after: { readonly [key: string]: unknown } | undefined): string[] {
  return Object.keys(before).flatMap(key => {
    const [was, is] = [before[key], after?.[key]];
    const isFilledHop = was === undefined && key === 'HttpPutResponseHopLimit' && (is === 1 || is === 2 || is === 3);
    return was === is || isFilledHop ? [] : [`${key} was ${words(was)} and is ${words(is)}`];
  });
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
