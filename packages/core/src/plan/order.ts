import type { ChangeGroup } from '../driver.js';
import { compareText } from '../model/names.js';
import { type Dependencies, dependenciesOf, type DependencyRules, rebuildDependencies } from './dependencies.js';
import { describeObject, isDrop } from './describe.js';

/**
 * Puts groups of changes in an order in which each finds what it needs: additions early and drops late among those
 * that are free to run, ties by name, so that the same changes always give the same plan.
 *
 * @throws Error when groups wait for each other, which the planner must have prevented by splitting them.
 */
export function orderGroups(groups: readonly ChangeGroup[], rules: DependencyRules): ChangeGroup[] {
  const nodes = groups.map((group) => makeNode(group, rules)).sort(byPreference);
  const reachedBy = new Map<string, Set<Node>>();
  for (const node of nodes) for (const milestone of node.reaches) entry(reachedBy, milestone).add(node);

  const waiting = new Map(nodes.map((node) => [node, predecessorsOf(node, reachedBy)]));
  const followers = new Map<Node, Set<Node>>();
  for (const [node, predecessors] of waiting) for (const before of predecessors) entry(followers, before).add(node);

  const ordered: ChangeGroup[] = [];
  const free = nodes.filter((node) => waiting.get(node)?.size === 0);
  while (free.length > 0) {
    free.sort(byPreference);
    const node = free.shift();
    if (node === undefined) break;
    ordered.push(node.group);
    for (const follower of followers.get(node) ?? []) {
      const predecessors = waiting.get(follower);
      predecessors?.delete(node);
      if (predecessors?.size === 0) free.push(follower);
    }
  }
  if (ordered.length < nodes.length) throw new Error(describeCycle(nodes, ordered));
  return ordered;
}

interface Node extends Dependencies {
  readonly group: ChangeGroup;
  readonly drops: boolean;
  readonly label: string;
}

function makeNode(group: ChangeGroup, rules: DependencyRules): Node {
  const { changes, rebuilds } = group;
  const dependencies = [
    ...changes.map((change) => dependenciesOf(change, rules)),
    ...(rebuilds === undefined ? [] : [rebuildDependencies(rebuilds, rules.fold)]),
  ];
  return {
    group,
    drops: changes.every(isDrop),
    label: changes.map((change) => `${describeObject(change)} ${change.kind}`).join(', '),
    reaches: dependencies.flatMap(({ reaches }) => reaches),
    awaits: dependencies.flatMap(({ awaits }) => awaits),
  };
}

function byPreference(a: Node, b: Node): number {
  if (a.drops !== b.drops) return a.drops ? 1 : -1;
  return compareText(a.label, b.label);
}

function predecessorsOf(node: Node, reachedBy: ReadonlyMap<string, ReadonlySet<Node>>): Set<Node> {
  const predecessors = new Set(node.awaits.flatMap((milestone) => [...(reachedBy.get(milestone) ?? [])]));
  predecessors.delete(node);
  return predecessors;
}

function entry<Key, Value>(map: Map<Key, Set<Value>>, key: Key): Set<Value> {
  const existing = map.get(key);
  if (existing !== undefined) return existing;
  const created = new Set<Value>();
  map.set(key, created);
  return created;
}

function describeCycle(nodes: readonly Node[], ordered: readonly ChangeGroup[]): string {
  const stuck = nodes.filter(({ group }) => !ordered.includes(group)).map(({ label }) => label);
  return `These changes wait for each other: ${stuck.join('; ')}`;
}
