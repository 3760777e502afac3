import type { Table } from '@dovetail/core/driver';
import { type DeclaredIndex, declaredIndexes, isCovered, statedName } from './indexes.js';
import { type Reference, sameOrder, sameSet } from './references.js';
import type { Source } from './source.js';
import type { PropertyIndexes } from './value-properties.js';

/** The indexes of a table, of which each is said in one place: on a property where that will do, else on the class. */
export interface IndexShelf {
  /** The first index and the first unique of the column alone. */
  forColumn(column: string): PropertyIndexes;
  /** The first index of the relation's columns; the first unique too, where it is one-to-one. */
  forReference(reference: Reference): PropertyIndexes;
  /** What no property has taken. */
  rest(): readonly DeclaredIndex[];
}

export function createIndexShelf(table: Table, source: Source): IndexShelf {
  const all = declaredIndexes(table, source);
  const left = new Set(all);

  const take = (columns: readonly string[], unique: boolean): DeclaredIndex | undefined => {
    const found = [...left].find(
      (index) => index.unique === unique && index.plain !== undefined && sameOrder(index.plain, columns),
    );
    if (found !== undefined) left.delete(found);
    return found;
  };
  const optionOf = (index: DeclaredIndex): string | true => statedName(index, table, source) ?? true;

  return {
    forColumn(column) {
      const [index, unique] = [take([column], false), take([column], true)];
      return {
        ...(index !== undefined && { index: optionOf(index) }),
        ...(unique !== undefined && { unique: optionOf(unique) }),
      };
    },
    forReference({ foreignKey: { columns }, unique: isUnique }) {
      const index = take(columns, false);
      const unique = isUnique ? take(columns, true) : undefined;
      const others = all.filter((other) => other !== index);
      const isMade = source.capabilities.indexForeignKeys && !isCovered(columns, table, others);
      const isWholeKey = sameSet(columns, table.primaryKey?.columns ?? []);
      return {
        ...indexOption(index && optionOf(index), isMade),
        ...(isUnique && uniqueOption(unique && optionOf(unique), isWholeKey)),
      };
    },
    rest: () => [...left],
  };
}

/** A relation makes an index of its columns, unless another one starts with them or it says otherwise. */
function indexOption(stated: string | true | undefined, isMade: boolean): PropertyIndexes {
  if (stated === undefined) return isMade ? { index: false } : {};
  return isMade && stated === true ? {} : { index: stated };
}

/** A one-to-one relation makes a unique of its columns, unless they are the whole key or it says otherwise. */
function uniqueOption(stated: string | true | undefined, isWholeKey: boolean): PropertyIndexes {
  if (stated === undefined) return isWholeKey ? {} : { unique: false };
  return stated === true && !isWholeKey ? {} : { unique: stated };
}
