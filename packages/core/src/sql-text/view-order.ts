import type { Comparison } from '../driver.js';
import { nameOf } from '../model/names.js';
import type { ObjectName, View } from '../model/schema.js';

/** What the order asks of a database: which names are in the text of a view, for what it reads or for something else. */
type Mentions = Comparison['mentions'];

/** The views, each after those that it names, as far as no ring of names is in the way. */
export function inOrderOfReading(views: readonly View[], mentions: Mentions): readonly View[] {
  const named = namedAmong(views, mentions);
  const entered = new Set<View>();
  const ordered: View[] = [];
  const visit = (view: View): void => {
    if (entered.has(view)) return;
    entered.add(view);
    named(view).forEach(visit);
    ordered.push(view);
  };
  views.forEach(visit);
  return ordered;
}

/**
 * Finds the views that one of them names, and so may read. A name that would make two views wait for each other is left
 * out, for one of them has it in another meaning.
 */
export function readsByNameAmong(views: readonly View[], mentions: Mentions): (view: View) => readonly ObjectName[] {
  const named = namedAmong(views, mentions);
  const leadsTo = (from: View, to: View, seen: Set<View>): boolean => {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return named(from).some((next) => leadsTo(next, to, seen));
  };
  return (view) =>
    named(view)
      .filter((read) => !leadsTo(read, view, new Set()))
      .map(nameOf);
}

/** The views, and all others that name one of them or one of the tables: those mean another thing when these change. */
export function withReaders(
  views: readonly View[],
  all: readonly View[],
  tables: readonly ObjectName[],
  mentions: Mentions,
): readonly View[] {
  const found = new Set(views);
  let added: readonly ObjectName[] = [...tables, ...views];
  while (added.length > 0) {
    const names = added.map(({ name }) => name);
    const readers = all.filter((view) => !found.has(view) && names.some((name) => mentions(view.definition, name)));
    readers.forEach((view) => found.add(view));
    added = readers;
  }
  return [...found];
}

/** The others that a view names; each view is looked through once, and only when somebody asks. */
function namedAmong(views: readonly View[], mentions: Mentions): (view: View) => readonly View[] {
  const known = new Map<View, readonly View[]>();
  return (view) => {
    const named = known.get(view) ?? views.filter((read) => read !== view && mentions(view.definition, read.name));
    known.set(view, named);
    return named;
  };
}
