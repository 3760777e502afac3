import { nameOf } from '../model/names.js';
import type { ObjectName, View } from '../model/schema.js';

/** The views, each after those that it names, as far as no ring of names is in the way. */
export function inOrderOfReading(views: readonly View[]): readonly View[] {
  const names = namesAmong(views);
  const entered = new Set<View>();
  const ordered: View[] = [];
  const visit = (view: View): void => {
    if (entered.has(view)) return;
    entered.add(view);
    views.filter((read) => names(view, read)).forEach(visit);
    ordered.push(view);
  };
  views.forEach(visit);
  return ordered;
}

/**
 * Finds the views that one of them names, and so may read. A name that would make two views wait for each other is left
 * out, for one of them has it in another meaning.
 */
export function readsByNameAmong(views: readonly View[]): (view: View) => readonly ObjectName[] {
  const names = namesAmong(views);
  const leadsTo = (from: View, to: View, seen: Set<View>): boolean => {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return views.some((next) => names(from, next) && leadsTo(next, to, seen));
  };
  return (view) => views.filter((read) => names(view, read) && !leadsTo(read, view, new Set())).map(nameOf);
}

/** The views, and all others that name one of them or one of the tables: those mean another thing when these change. */
export function withReaders(
  views: readonly View[],
  all: readonly View[],
  tables: readonly ObjectName[],
): readonly View[] {
  const found = new Set(views);
  const names = new Set([...tables, ...views].map(({ name }) => name));
  const isReader = ({ definition }: View): boolean => {
    const words = wordsOf(definition);
    return [...names].some((name) => hasName(definition, words, name));
  };
  for (let before = -1; found.size !== before;) {
    before = found.size;
    for (const view of all.filter((candidate) => !found.has(candidate) && isReader(candidate))) {
      found.add(view);
      names.add(view.name);
    }
  }
  return [...found];
}

/** Tells whether one view has the name of another one in its text, for itself or for something else. */
function namesAmong(views: readonly View[]): (reader: View, read: View) => boolean {
  const words = new Map(views.map((view) => [view, wordsOf(view.definition)]));
  return (reader, read) => reader !== read && hasName(reader.definition, words.get(reader), read.name);
}

/** A name that is no single word stands in quotes. */
function hasName(text: string, words: ReadonlySet<string> | undefined, name: string): boolean {
  return (
    words?.has(name.toLowerCase()) === true || [`"${name}"`, `\`${name}\``].some((quoted) => text.includes(quoted))
  );
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}_$]+/gu) ?? []);
}
