import { DovetailError, type Problem, type RenameChoice } from '../errors.js';
import type { Ambiguity } from './find-renames.js';

/** The words for objects of one kind in one place. */
export interface RenameWords<Item> {
  readonly kind: RenameChoice['kind'];
  /** The path of an object, as a key of `renames`: `author.name`. */
  pathOf(item: Item): string;
  /** The name alone, or with its schema. */
  nameOf(item: Item): string;
  /** The hint that makes it the new name of another: `@Property({ previousName: 'name' })`. */
  hint(previous: Item, renamed: Item): string;
}

/** @throws DovetailError `ambiguous-rename` where there is a problem. */
export function rejectAmbiguous(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  throw new DovetailError(
    'ambiguous-rename',
    'Renamed objects cannot be told from dropped and added ones. Nothing has been changed.',
    problems,
  );
}

/** An ambiguity with what to write where it is a rename, and where it is not. */
export function describeAmbiguity<Item>(
  { cause, removed, added }: Ambiguity<Item>,
  { kind, pathOf, nameOf, hint }: RenameWords<Item>,
): Problem {
  const former = removed.map((item) => `"${nameOf(item)}"`).join(' or ');
  const [first, second] = [removed[0], added[0]];
  if (first === undefined || second === undefined) throw new Error('An ambiguity is one of objects.');
  const option = `renames: { ${quote(pathOf(first))}: ${quote(nameOf(second))} }`;
  const refusal = `renames: { ${quote(pathOf(first))}: false }`;
  const problem = {
    where: added.map(pathOf).join(', '),
    choice: { kind, removed: removed.map(pathOf), added: added.map(pathOf) },
  };
  switch (cause) {
    case 'same name':
      return added.length > 1
        ? {
            ...problem,
            what: `have the same previous name, ${former}`,
            remedy: 'leave previousName on the one that takes over its values',
          }
        : {
            ...problem,
            what: `is stated as the new name of ${removed.map((item) => `"${nameOf(item)}"`).join(' and ')}`,
            remedy: 'leave it at the one whose values it takes over',
          };
    case 'ring of hints':
      return {
        ...problem,
        what: `exchange their names, and whether they have done so already cannot be told`,
        remedy: `take previousName off where they have; where they have not, pass ${ringOption(removed, added, pathOf, nameOf)} once`,
      };
    case 'taken name':
      return {
        ...problem,
        what: `exists beside ${former}, so whether ${former} was renamed already cannot be told`,
        remedy: `where it was, pass ${refusal}; where it was not, ${option}, which drops what has the name now`,
      };
    case 'no hint':
      return {
        ...problem,
        what: `could be the new name of ${former}`,
        remedy: `write ${hint(first, second)} where it is a rename, or pass ${option}; where it is not, ${refusal}`,
      };
  }
}

function ringOption<Item>(
  removed: readonly Item[],
  added: readonly Item[],
  pathOf: (item: Item) => string,
  nameOf: (item: Item) => string,
): string {
  const entries = added.flatMap((to, index) => {
    const from = removed[index];
    return from === undefined ? [] : [`${quote(pathOf(from))}: ${quote(nameOf(to))}`];
  });
  return `renames: { ${entries.join(', ')} }`;
}

/** A string literal as it is written in a program. */
export function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
