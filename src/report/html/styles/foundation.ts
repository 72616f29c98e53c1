import { DARK, LIGHT, properties } from './palette';

/** Colours, type, and what all parts have in common. */
export const FOUNDATION = `
:root {
  color-scheme: light dark;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace;
${properties(LIGHT)}
}
@media (prefers-color-scheme: dark) {
:root {
${properties(DARK)}
}
}

*, ::before, ::after { box-sizing: border-box; }
html { scroll-padding-top: 4rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0;
  background: var(--page);
  color: var(--text);
  font: 0.9375rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3, p, ul, ol, dl, dd { margin: 0; }
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -0.015em; }
h2 { margin: 0 0 1rem; font-size: 1.3rem; letter-spacing: -0.01em; }
h3 { font-size: 1rem; }
section > .wide > h3 { margin: 1.75rem 0 0.75rem; }
a { color: var(--link); text-underline-offset: 0.15em; text-decoration-thickness: 0.06em; }
a:hover { text-decoration-thickness: 0.12em; }
code { font-family: var(--mono); font-size: 0.9em; unicode-bidi: isolate; overflow-wrap: anywhere; }
q { unicode-bidi: isolate; quotes: '“' '”'; }
small { display: block; color: var(--muted); font-size: 0.8125rem; }
summary { cursor: pointer; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
[tabindex='-1']:focus { outline: none; }
main:focus { outline: none; }

.wide { max-width: 84rem; margin: 0 auto; padding: 0 1.5rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.25rem; }
.card + .card { margin-top: 1rem; }
.card > h3 { margin-bottom: 0.5rem; }
.muted, .from { color: var(--muted); }
.plain { list-style: none; padding: 0; }
.empty { padding: 1.5rem; border: 1px dashed var(--strong-line); border-radius: 10px; color: var(--muted); text-align: center; }
.scroll { position: relative; overflow: auto; padding: 0; }
.facts { display: flex; flex-wrap: wrap; gap: 0 0.5rem; }
.facts > span + span::before { content: '·'; margin-right: 0.5rem; color: var(--muted); }
.shapes { position: absolute; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none !important; }
`;
