/**
 * Numbers the strongly connected components of a graph: nodes that reach each other have one number. Tarjan's
 * algorithm with a stack of its own, so that depth is no limit.
 */
export function componentsOf<Node>(
  nodes: readonly Node[],
  successors: (node: Node) => readonly Node[],
): ReadonlyMap<Node, number> {
  const order = new Map<Node, number>();
  const low = new Map<Node, number>();
  const component = new Map<Node, number>();
  const open: Node[] = [];

  for (const root of nodes) {
    const path = order.has(root) ? [] : [enter(root)];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { node } = top;
      const next = top.rest.pop();
      if (next === undefined) {
        path.pop();
        const parent = path.at(-1);
        if (parent !== undefined) lower(parent.node, low.get(node));
        if (low.get(node) === order.get(node)) close(node);
      } else if (!order.has(next)) path.push(enter(next));
      else if (!component.has(next)) lower(node, order.get(next));
    }
  }
  return component;

  function enter(node: Node): { readonly node: Node; readonly rest: Node[] } {
    low.set(node, order.size);
    order.set(node, order.size);
    open.push(node);
    return { node, rest: [...successors(node)] };
  }
  function lower(node: Node, candidate = Infinity): void {
    low.set(node, Math.min(low.get(node) ?? Infinity, candidate));
  }
  function close(node: Node): void {
    const number = component.size;
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
      component.set(member, number);
      if (member === node) return;
    }
  }
}
