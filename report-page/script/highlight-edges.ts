/** Highlights the edges of the node with the focus or the pointer, and the nodes at their other ends. */
export function highlightEdges(graph: Element): void {
  const edges = edgesByNode(graph);
  const highlight = (node: Element | null) => {
    graph.querySelectorAll('.joined').forEach(element => element.classList.remove('joined'));
    graph.classList.toggle('active', Boolean(node));
    for (const edge of node ? edges.get(node.id) ?? [] : []) {
      edge.classList.add('joined');
      for (const end of endsOf(edge)) { document.getElementById(end)!.classList.add('joined'); }
    }
  };
  const focused = () => graph.contains(document.activeElement) ? document.activeElement : null;
  graph.addEventListener('mouseover', ({ target }) => highlight(nodeAround(target) ?? focused()));
  graph.addEventListener('mouseleave', () => highlight(focused()));
  graph.addEventListener('focusin', ({ target }) => highlight(nodeAround(target)));
  graph.addEventListener('focusout', () => highlight(null));
}

function edgesByNode(graph: Element): ReadonlyMap<string, readonly SVGElement[]> {
  const byNode = new Map<string, SVGElement[]>();
  graph.querySelectorAll<SVGElement>('.edge').forEach(edge => {
    for (const node of new Set(endsOf(edge))) {
      const edges = byNode.get(node) ?? [];
      byNode.set(node, edges);
      edges.push(edge);
    }
  });
  return byNode;
}

/** The ids of the two nodes of an edge. */
function endsOf({ dataset }: SVGElement): readonly string[] {
  return [dataset.from!, dataset.to!];
}

function nodeAround(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest('.node') : null;
}
