/** The table of the stacks, the filter, and the table of the resources. */
export const TABLES = `
table { width: 100%; border-collapse: separate; border-spacing: 0; }
th, td { padding: 0.625rem 0.75rem; text-align: left; vertical-align: top; }
thead th { background: var(--raised); border-bottom: 1px solid var(--line); color: var(--muted); font-size: 0.8125rem; font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: 400; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.zero { color: var(--muted); }
.stacks { min-width: 52rem; }
.stacks th:first-child { min-width: 14rem; }
.stacks td:nth-child(2) { min-width: 9rem; }
.stacks thead th.number { white-space: nowrap; }
.stacks tbody tr + tr > *, .stacks tfoot tr > * { border-top: 1px solid var(--line); }
.stacks tfoot { font-weight: 600; }

.filters { display: flex; flex-wrap: wrap; align-items: end; gap: 0.75rem 1rem; margin-bottom: 0.75rem; }
.filters p { flex: 0 1 auto; min-width: 0; }
.filters p:first-child { flex: 1 1 16rem; }
.filters label { display: block; margin-bottom: 0.25rem; color: var(--muted); font-size: 0.8125rem; font-weight: 600; }
input, select, button {
  max-width: 100%;
  min-height: 2.5rem;
  padding: 0.375rem 0.75rem;
  border: 1px solid var(--strong-line);
  border-radius: 8px;
  background: var(--card);
  color: var(--text);
  font: inherit;
}
input { width: 100%; }
::placeholder { color: var(--muted); opacity: 1; }
select { max-width: 16rem; text-overflow: ellipsis; }
button { font-weight: 600; cursor: pointer; }
button:hover, button[aria-pressed='true'] { background: var(--raised); border-color: var(--link); color: var(--link); }
#shown { margin-bottom: 0.5rem; color: var(--muted); font-variant-numeric: tabular-nums; }
#none { margin: 1rem; }

.resources, .resources thead, .resources tbody { display: block; }
.resources { min-width: 62rem; }
.resources tr { display: grid; grid-template-columns: 31fr 13fr repeat(5, 10fr) 13fr; }
.resources tr > * { min-width: 0; }
.resources thead { position: sticky; top: 0; z-index: 1; border-bottom: 1px solid var(--line); background: var(--raised); border-radius: 9px 9px 0 0; }
.resources thead th { border: 0; background: none; }
.resources tbody { content-visibility: auto; contain-intrinsic-size: auto 8rem; }
.resources th button {
  min-height: 1.5rem;
  margin: 0 -0.375rem;
  padding: 0 0.375rem;
  border: 0;
  background: none;
  color: inherit;
  font-weight: inherit;
  text-align: left;
  white-space: nowrap;
}
.resources th button::after { content: '↕'; content: '↕' / ''; margin-left: 0.25rem; opacity: 0.55; }
.resources th[aria-sort] button { color: var(--text); }
.resources th[aria-sort='ascending'] button::after { content: '↑'; content: '↑' / ''; opacity: 1; }
.resources th[aria-sort='descending'] button::after { content: '↓'; content: '↓' / ''; opacity: 1; }
.resources tbody + tbody { border-top: 1px solid var(--line); }
.resources tbody > tr:first-child > * { padding-bottom: 0.125rem; }
.resources .more > td { grid-column: 1 / -1; padding-top: 0; }
.resources tbody:target, .resources tbody:focus { background: var(--raised); box-shadow: inset 3px 0 var(--focus); }
.name { font-weight: 600; }
.more summary { width: fit-content; max-width: 100%; padding: 0.125rem 0; font-size: 0.8125rem; }
.summary-label { color: var(--link); font-weight: 600; }
.facts-list { margin: 0.25rem 0 0.5rem; padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: 8px; background: var(--page); }
.facts-list > div { display: grid; grid-template-columns: 8rem minmax(0, 1fr); gap: 0 1rem; padding: 0.25rem 0; }
.facts-list dt { color: var(--muted); font-weight: 600; }
`;
