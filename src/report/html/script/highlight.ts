/** Brings out the edges of the node that has the focus or the pointer, and the nodes at their other ends. */
export const HIGHLIGHT = `
const graph = document.getElementById('launches');
const edgesOf = new Map();

function remember(edge) {
  for (const node of new Set([edge.dataset.from, edge.dataset.to])) {
    const edges = edgesOf.get(node) ?? [];
    edgesOf.set(node, edges);
    edges.push(edge);
  }
}

function highlight(node) {
  graph.querySelectorAll('.joined').forEach(element => element.classList.remove('joined'));
  graph.classList.toggle('active', Boolean(node));
  for (const edge of node ? edgesOf.get(node.id) ?? [] : []) {
    edge.classList.add('joined');
    document.getElementById(edge.dataset.from).classList.add('joined');
    document.getElementById(edge.dataset.to).classList.add('joined');
  }
}

function focused() {
  return graph.contains(document.activeElement) ? document.activeElement : null;
}

if (graph) {
  graph.querySelectorAll('.edge').forEach(remember);
  graph.addEventListener('mouseover', event => highlight(event.target.closest('.node') ?? focused()));
  graph.addEventListener('mouseleave', () => highlight(focused()));
  graph.addEventListener('focusin', event => highlight(event.target.closest('.node')));
  graph.addEventListener('focusout', () => highlight(null));
}
`;
