/** The launch graph and its key. */
export const GRAPH = `
#graph-words { max-width: 110ch; margin-bottom: 0.75rem; }
.canvas { max-height: min(80vh, 52rem); padding: 1rem; }
.graph { display: block; max-width: none; margin: 0 auto; }
.band rect { fill: var(--raised); stroke: var(--line); }
.band text { fill: var(--muted); font-size: 13px; font-weight: 600; }
.box { fill: var(--card); stroke: var(--mark); stroke-width: 1.5; }
.node { cursor: pointer; text-decoration: none; }
g.node { cursor: default; }
g.node .box { stroke-dasharray: 5 4; }
.node:hover .box, .node.joined .box { fill: var(--ground); }
.node:focus { outline: none; }
.node:focus-visible .box { fill: var(--ground); stroke: var(--focus); stroke-width: 3.5; }
.node-name { fill: var(--text); font: 600 13px var(--mono); }
.node-type { fill: var(--muted); font-size: 12px; }
.edge path { fill: none; stroke: var(--edge); stroke-width: 1.6; marker-end: url(#arrow); }
.edge.loose path, .sample-line.loose { stroke-dasharray: 6 4; }
.edge text { fill: var(--text); font: 11.5px var(--mono); paint-order: stroke; stroke: var(--raised); stroke-width: 4px; stroke-linejoin: round; }
#arrow path { fill: var(--edge); }
#arrow-strong path { fill: var(--link); }
.graph.active .edge { opacity: 0.25; }
.graph.active .edge.joined { opacity: 1; }
.edge.joined path { stroke: var(--link); stroke-width: 2.5; marker-end: url(#arrow-strong); }
.key { display: flex; flex-wrap: wrap; gap: 0.375rem 1.5rem; margin-top: 0.75rem; padding: 0; list-style: none; color: var(--muted); font-size: 0.8125rem; }
.key svg { vertical-align: -0.2em; }
.sample-line { fill: none; stroke: var(--edge); stroke-width: 2; }
`;
