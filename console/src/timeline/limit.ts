import type { Span, TraceTree } from "./tree";

/** The tree with its first spans only, in the order of the rows: parents come before children, so none is an orphan. */
export function firstSpans(tree: TraceTree, most: number): TraceTree {
  if (tree.spans.length <= most) return tree;
  const copies = new Map<Span, Span>();
  const spans: Span[] = [];
  const roots: Span[] = [];
  for (const span of tree.spans.slice(0, most)) {
    const parent = span.parent && copies.get(span.parent);
    const copy: Span = { ...span, parent: parent ?? null, children: [] };
    copies.set(span, copy);
    spans.push(copy);
    if (parent) parent.children.push(copy);
    else roots.push(copy);
  }
  return { ...tree, roots, spans };
}
