import type { Problem } from '../errors.js';
import type { FoldName } from '../model/names.js';
import type { StatedRenames } from '../model/plan.js';
import type { Renamable, StatedRename } from './find-renames.js';

/** Where objects of one kind are: the columns of a table, the tables of a schema. */
export interface RenamePlace {
  /** What stands before the names in a path, such as the table's old name and its new one; `''` for nothing. */
  readonly prefixes: readonly string[];
  readonly before: readonly Renamable[];
  readonly after: readonly Renamable[];
  readonly fold: FoldName;
  /** How the names of tables, types and namespaces fold, which stand in prefixes. */
  readonly foldPrefix: FoldName;
}

/** What the caller states about the objects of a place. */
export function statedIn(
  renames: StatedRenames,
  { prefixes, foldPrefix }: Pick<RenamePlace, 'prefixes' | 'foldPrefix'>,
): StatedRename[] {
  return Object.entries(renames).flatMap(([path, to]): StatedRename[] => {
    const from = nameIn(path, prefixes, foldPrefix);
    if (from === undefined) return [];
    return [{ from, to: to === false ? false : (nameIn(to, prefixes, foldPrefix) ?? to) }];
  });
}

/** The name at the end of a path of the place. */
function nameIn(path: string, prefixes: readonly string[], fold: FoldName): string | undefined {
  const start = prefixes
    .map((prefix) => (prefix === '' ? '' : `${prefix}.`))
    .find((candidate) => fold(path).startsWith(fold(candidate)));
  return start === undefined ? undefined : path.slice(start.length);
}

/** Whether names go in a ring, so that nothing tells whether they have been exchanged: `{ a: 'b', b: 'a' }`. */
export function exchangesNames(renames: StatedRenames): boolean {
  const next = new Map(
    Object.entries(renames).flatMap(([path, to]) => (to === false ? [] : [[path, besides(path, to)] as const])),
  );
  const leadsBack = (start: string, path: string | undefined, steps: number): boolean =>
    path !== undefined && steps <= next.size && (path === start || leadsBack(start, next.get(path), steps + 1));
  return [...next].some(([path, to]) => leadsBack(path, to, 1));
}

/** The path of a new name, which may be one already. */
function besides(path: string, name: string): string {
  const parent = path.slice(0, path.lastIndexOf('.') + 1);
  return name.startsWith(parent) ? name : parent + name;
}

/** What the caller states about objects that are not there, or that several things could mean. */
export function misstated(renames: StatedRenames, places: readonly RenamePlace[]): Problem[] {
  return Object.entries(renames).flatMap(([path, to]): Problem[] => {
    const meant = places.flatMap((place) =>
      statedIn({ [path]: to }, place).map((statement) => readingOf(statement, place)),
    );
    const matching = meant.filter((reading) => reading === 'matches').length;
    if (matching > 1)
      return [problem(path, 'could mean several objects', 'write previousName on the one that you mean')];
    if (matching === 1 || to === false || meant.includes('carried out')) return [];
    return meant.includes('unwanted')
      ? [problem(path, `becomes "${to}" by the options, and the entities have no "${to}" there`, checkNames)]
      : [problem(path, `is not in the database, and neither is "${to}"`, checkNames)];
  });
}

const checkNames = 'check both names; they are those of the database, such as author.full_name';

function problem(path: string, what: string, remedy: string): Problem {
  return { where: `renames: "${path}"`, what, remedy };
}

function readingOf(
  { from, to }: StatedRename,
  { before, after, fold }: RenamePlace,
): 'matches' | 'carried out' | 'unwanted' | 'missing' {
  const holds = (items: readonly Renamable[], name: string): boolean =>
    items.some((item) => fold(item.name) === fold(name));
  const exists = holds(before, from);
  if (to === false) return exists ? 'matches' : 'missing';
  if (exists) return holds(after, to) ? 'matches' : 'unwanted';
  return holds(before, to) && holds(after, to) ? 'carried out' : 'missing';
}
