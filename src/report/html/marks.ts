import type { Severity } from '../../policy/rule';
import type { LauncherState } from '../../usage/usage-record';
import type { Outcome } from '../reported-resource';
import type { Content, Markup } from './markup';
import { html } from './markup';

/** The names of the marks. Each mark has its own shape and colour. */
export type MarkName = 'ready' | 'required' | 'not-required' | 'undecided' | 'exempt' | 'error' | 'warning' | 'outside' | 'unknown';

/** The mark of an outcome. */
export const OUTCOME_MARKS: { readonly [outcome in Outcome]: MarkName } = {
  'required': 'required',
  'not required': 'not-required',
  'undecided': 'undecided',
};

/** The mark of a finding without an exemption. */
export const SEVERITY_MARKS: { readonly [severity in Severity]: MarkName } = { error: 'error', warning: 'warning' };

/** The mark of each state in a usage record. */
export const USAGE_MARKS: { readonly [state in LauncherState]: MarkName } = {
  'required': 'required',
  'ready': 'ready',
  'in use': 'not-required',
  'broken': 'error',
  'unknown': 'unknown',
};

/** A mark in front of a text with the same meaning, because colour alone must not carry information. */
export function mark(name: MarkName): Markup {
  return html`<svg class="mark mark-${name}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><use href="#mark-${name}"/></svg>`;
}

/** A mark and its text on a background of its colour. */
export function badge(name: MarkName, words: Content): Markup {
  return html`<span class="badge is-${name}">${mark(name)}${words}</span>`;
}

/** The shape of each mark: a filled circle for a good state, other outlines for the rest. The shapes differ, not only the colours. */
const SHAPES: { readonly [name in MarkName]: Markup } = {
  'required': html`<circle cx="8" cy="8" r="8"/><path class="glyph" d="M4.4 8.3 7 10.9l4.7-5.4"/>`,
  'ready': html`<circle cx="8" cy="8" r="8"/><path class="glyph" d="M4.2 8h7.4M8.6 4.9 11.7 8l-3.1 3.1"/>`,
  'not-required': html`<path d="M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7z"/><path class="glyph" d="m5.2 5.2 5.6 5.6m0-5.6-5.6 5.6"/>`,
  'undecided': html`<path d="M8 0l8 8-8 8-8-8z"/><path class="glyph" d="M6.1 6.4C6.1 4 9.9 4 9.9 6.4 9.9 7.9 8 7.8 8 9.4M8 11.4v.2"/>`,
  'exempt': html`<path d="M8 0l7 2.4v5C15 12 12 15 8 16 4 15 1 12 1 7.4v-5z"/><path class="glyph" d="M4.8 8h6.4"/>`,
  'error': html`<path d="M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7z"/><path class="glyph" d="M8 3.8v5.2M8 11.8v.2"/>`,
  'warning': html`<path d="M8 .6 16 15H0z"/><path class="glyph" d="M8 6v4M8 12.5v.2"/>`,
  'outside': html`<rect x=".5" y=".5" width="15" height="15" rx="3"/><path class="glyph" d="M5.2 10.8l5.4-5.4M6.4 5.2h4.4v4.4"/>`,
  'unknown': html`<rect x=".5" y=".5" width="15" height="15" rx="3"/><path class="glyph" d="M6.1 6.4C6.1 4 9.9 4 9.9 6.4 9.9 7.9 8 7.8 8 9.4M8 11.4v.2"/>`,
};

/** The definitions of all shapes, which a page contains once. */
export function markShapes(): Markup {
  const shapes = Object.entries(SHAPES).map(([name, shape]) => html`<symbol id="mark-${name}" viewBox="0 0 16 16">${shape}</symbol>`);
  return html`<svg class="shapes" width="0" height="0" aria-hidden="true"><defs>${shapes}</defs></svg>`;
}
