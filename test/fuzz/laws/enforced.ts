import type { Law } from '../law';
import { none, same } from '../law';
import type { Template } from '../oracle/json';
import { unrequired } from '../oracle/required';
import { withoutTokens } from '../oracle/untouched';
import type { Synthesized } from '../synthesis';
import { filesOf, templatesOf } from '../synthesis';

/** An app without enforcement, with it, and with all ways of enforcement at once. */
export interface Enforced {
  readonly bare: () => Synthesized;
  readonly enforced: () => Synthesized;
  readonly twice: () => Synthesized;
}

/** The laws of every enforced app. */
export const ENFORCED: readonly Law<Enforced>[] = [
  law('what can be synthesized can be with enforcement', ({ enforced }) => { filesOf(enforced()); }),
  law('every carrier that can require tokens does', ({ enforced }) =>
    none(Object.entries(filesOf(enforced())).flatMap(([name, text]) => unrequired(JSON.parse(text) as Template, !name.includes('.nested.'))), 'not required')),
  law('nothing but the tokens changes', ({ bare, enforced }) =>
    same(templatesOf(enforced()).map(erased), templatesOf(bare()).map(erased))),
  law('enforcing twice is enforcing once', ({ enforced, twice }) =>
    same(filesOf(twice()), filesOf(enforced()))),
];

/** A law for apps that CDK can synthesize. */
export function law<Subject extends Pick<Enforced, 'bare'>>(title: string, check: (subject: Subject) => void): Law<Subject> {
  return { title, check: subject => { if (!subject.bare().error) { check(subject); } } };
}

function erased(template: Template): unknown {
  return withoutTokens(template);
}
