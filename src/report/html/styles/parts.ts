/** The header, the summary, the findings and the footer. */
export const PARTS = `
.skip { position: absolute; left: 1rem; top: -4rem; z-index: 9; padding: 0.5rem 1rem; background: var(--card); border-radius: 0 0 8px 8px; }
.skip:focus { top: 0; }
.page-header { padding: 2rem 0 0; background: var(--card); border-bottom: 1px solid var(--line); }
.kicker { color: var(--muted); font-size: 0.875rem; font-variant-numeric: tabular-nums; }
.verdict { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 0.75rem; margin-top: 0.75rem; font-size: 1rem; }
.verdict .badge { padding: 0.3125rem 0.875rem 0.3125rem 0.5rem; font-size: 1rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0 1.5rem; margin-top: 1.25rem; padding: 0; list-style: none; }
nav a { display: block; padding: 0.5rem 0; border-bottom: 3px solid transparent; color: var(--muted); font-weight: 600; text-decoration: none; }
nav a:hover { border-color: var(--link); color: var(--text); }
section { padding-top: 2.25rem; }
.page-footer { margin-top: 3rem; padding: 1.5rem 0 2.5rem; border-top: 1px solid var(--line); color: var(--muted); font-size: 0.8125rem; }
.page-footer p { max-width: 80ch; }

.picture { display: flex; flex-wrap: wrap; align-items: center; gap: 1.5rem 2.5rem; padding: 1.5rem 2rem; }
.ring { width: 12.5rem; height: 12.5rem; flex: none; }
.ring circle { fill: none; }
.ring pattern circle { fill: var(--card); }
.ring .ink { fill: var(--card); opacity: 0.45; }
.track, .arc, .pattern { stroke-width: 25; }
.track { stroke: var(--line); }
.arc-required { stroke: var(--good-mark); }
.arc-undecided { stroke: var(--open-mark); }
.arc-not-required { stroke: var(--bad-mark); }
.pattern-undecided { stroke: url(#dots); }
.pattern-not-required { stroke: url(#stripes); }
.thin { stroke-width: 7; }
.thin-exempt { stroke: var(--exempt-mark); }
.percent { fill: var(--text); font-size: 36px; font-weight: 700; letter-spacing: -0.02em; text-anchor: middle; }
.caption { fill: var(--muted); font-size: 12.5px; text-anchor: middle; }
.legend { flex: 1 1 16rem; display: grid; grid-template-columns: auto auto 1fr; gap: 0.75rem 0.625rem; padding: 0; list-style: none; }
.legend li { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; align-items: baseline; }
.legend strong { font-size: 1.375rem; line-height: 1.2; text-align: right; font-variant-numeric: tabular-nums; }
.tiles { display: grid; gap: 0.75rem; min-width: 9rem; }
.tiles > div { display: flex; flex-direction: row-reverse; justify-content: flex-end; align-items: baseline; gap: 0.625rem; }
.tiles dt { display: flex; align-items: center; gap: 0.375rem; color: var(--muted); }
.tiles dd { min-width: 3rem; font-size: 1.375rem; font-weight: 700; line-height: 1.2; text-align: right; font-variant-numeric: tabular-nums; }

.rule { padding: 1rem 1.25rem; border-left-width: 4px; }
.edge-error { border-left-color: var(--bad-mark); }
.edge-warning { border-left-color: var(--open-mark); }
.rule h3 { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem; }
.rule .title { color: var(--muted); }
.fix { margin-top: 0.5rem; }
.fix strong { margin-right: 0.25rem; }
.rule > details { margin-top: 0.5rem; }
.rule > details > summary { padding: 0.25rem 0; font-weight: 600; }
.findings > li { padding: 0.625rem 0.75rem; border-top: 1px solid var(--line); }
.findings > li:focus, .findings > li:target { background: var(--raised); box-shadow: inset 3px 0 var(--focus); }
.about { display: flex; flex-wrap: wrap; align-items: center; gap: 0.125rem 0.625rem; }
.findings .facts { font-size: 0.8125rem; }
.exemption { margin-top: 0.375rem; padding-left: 0.75rem; border-left: 3px solid var(--exempt-mark); }
`;
