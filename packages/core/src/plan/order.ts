import type { ChangeGroup } from '../driver.js';
import { isDrop } from '../model/change.js';
import { describeObject, describeOwner } from '../model/describe-object.js';
import { compareText } from '../model/names.js';
import { type Dependencies, dependenciesOf, type DependencyRules, rebuildDependencies } from './dependencies.js';

/**
 * Puts groups of changes in an order in which each finds what it needs: additions early and drops late among those
 * that are free to run, ties by the table's name, those of one table as they were given, so that the same changes
 * always give the same plan.
 *
 * @throws Error when groups wait for each other, which the planner must have prevented by splitting them.
 */
export function orderGroups(groups: readonly ChangeGroup[], rules: DependencyRules): ChangeGroup[] {
  const nodes = groups.map((group) => makeNode(group, rules)).sort(byPreference);
  const rank = new Map(nodes.map((node, index) => [node, index]));
  const before = (a: Node, b: Node): boolean => (rank.get(a) ?? 0) < (rank.get(b) ?? 0);
  const waiting = predecessors(nodes);
  const followers = new Map<Node, Node[]>();
  for (const [node, awaited] of waiting) for (const other of awaited) append(followers, other, node);

  const ordered: ChangeGroup[] = [];
  const free = nodes.filter((node) => waiting.get(node)?.size === 0);
  for (let node = free.shift(); node !== undefined; node = free.shift()) {
    ordered.push(node.group);
    for (const follower of followers.get(node) ?? []) {
      const awaited = waiting.get(follower);
      awaited?.delete(node);
      if (awaited?.size === 0) insertSorted(free, follower, before);
    }
  }
  if (ordered.length < nodes.length) throw new Error(describeCycle(nodes, new Set(ordered)));
  return ordered;
}

interface Node extends Dependencies {
  readonly group: ChangeGroup;
  readonly drops: boolean;
  /** The name of the table, or of what else is changed. */
  readonly owner: string;
}

function makeNode(group: ChangeGroup, rules: DependencyRules): Node {
  const { changes, rebuilds } = group;
  const dependencies = [
    ...changes.map((change) => dependenciesOf(change, rules)),
    ...(rebuilds === undefined ? [] : [rebuildDependencies(rebuilds, rules.names)]),
  ];
  return {
    group,
    drops: changes.every(isDrop),
    owner: changes.map(describeOwner).at(0) ?? '',
    reaches: dependencies.flatMap(({ reaches }) => reaches),
    awaits: dependencies.flatMap(({ awaits }) => awaits),
  };
}

function byPreference(a: Node, b: Node): number {
  if (a.drops !== b.drops) return a.drops ? 1 : -1;
  return compareText(a.owner, b.owner);
}

/** The nodes that each node has to wait for. */
function predecessors(nodes: readonly Node[]): ReadonlyMap<Node, Set<Node>> {
  const reachedBy = new Map<string, Node[]>();
  for (const node of nodes) for (const milestone of node.reaches) append(reachedBy, milestone, node);
  return new Map(
    nodes.map((node) => {
      const awaited = new Set(node.awaits.flatMap((milestone) => reachedBy.get(milestone) ?? []));
      awaited.delete(node);
      return [node, awaited];
    }),
  );
}

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function insertSorted<Item>(items: Item[], item: Item, before: (a: Item, b: Item) => boolean): void {
  let [from, to] = [0, items.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = items[middle];
    if (other !== undefined && before(other, item)) from = middle + 1;
    else to = middle;
  }
  items.splice(from, 0, item);
}

function describeCycle(nodes: readonly Node[], ordered: ReadonlySet<ChangeGroup>): string {
  const stuck = nodes.filter(({ group }) => !ordered.has(group)).flatMap(({ group }) => group.changes);
  return `These changes wait for each other: ${stuck.map((change) => `${change.kind} ${describeObject(change)}`).join('; ')}`;
}
