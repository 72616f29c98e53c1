/** The colours of the page by what they are for. Every `x-ink` is text on `x-ground`; `text`, `muted` and `link` stand on `page` and `card`. */
export type Palette = { readonly [name in
| 'page' | 'card' | 'raised' | 'text' | 'muted' | 'link' | 'line' | 'strong-line' | 'edge' | 'focus'
| `${'good' | 'bad' | 'open' | 'exempt' | 'plain'}-${'mark' | 'ink' | 'ground'}`]: string };

/** On white. */
export const LIGHT: Palette = {
  'page': '#f4f6f9',
  'card': '#ffffff',
  'raised': '#f8f9fb',
  'text': '#18202c',
  'muted': '#525d6e',
  'link': '#1a56b8',
  'line': '#dde2ea',
  'strong-line': '#7d8798',
  'edge': '#78849a',
  'focus': '#1a56b8',
  'good-mark': '#19804a',
  'good-ink': '#0f5f36',
  'good-ground': '#e2f4e9',
  'bad-mark': '#c4302b',
  'bad-ink': '#98201c',
  'bad-ground': '#fce8e6',
  'open-mark': '#9a6400',
  'open-ink': '#714a00',
  'open-ground': '#fcf0d4',
  'exempt-mark': '#5f4bb6',
  'exempt-ink': '#4a3899',
  'exempt-ground': '#edeafb',
  'plain-mark': '#5b6678',
  'plain-ink': '#414b5a',
  'plain-ground': '#e9edf2',
};

/** On a dark ground. */
export const DARK: Palette = {
  'page': '#0f131a',
  'card': '#171d27',
  'raised': '#1c2430',
  'text': '#e6eaf1',
  'muted': '#a4afc0',
  'link': '#8fbaff',
  'line': '#2b3442',
  'strong-line': '#7b8799',
  'edge': '#8894a8',
  'focus': '#8fbaff',
  'good-mark': '#4fc987',
  'good-ink': '#86e0ad',
  'good-ground': '#13301f',
  'bad-mark': '#ff8279',
  'bad-ink': '#ffaaa3',
  'bad-ground': '#3d1a19',
  'open-mark': '#eab54d',
  'open-ink': '#f3cd82',
  'open-ground': '#36290e',
  'exempt-mark': '#ac9cf6',
  'exempt-ink': '#c8bdfb',
  'exempt-ground': '#272046',
  'plain-mark': '#a4afc0',
  'plain-ink': '#c3ccd9',
  'plain-ground': '#252e3b',
};

/** A palette as custom properties. */
export function properties(palette: Palette): string {
  return Object.entries(palette).map(([name, colour]) => `  --${name}: ${colour};`).join('\n');
}
