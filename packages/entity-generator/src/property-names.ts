import { nameOf, type Table } from '@dovetail/core/driver';
import { classKey } from './class-names.js';
import { camelCase, distinctName, plural, wordsOf } from './identifiers.js';
import type { EntityGeneratorOptions } from './options.js';
import type { Reference, References } from './references.js';

/** The names of the properties of a table, for what each is of. */
export interface PropertyNames {
  /** By column, for those that have a property of their own. */
  readonly columns: ReadonlyMap<string, string>;
  readonly references: ReadonlyMap<Reference, string>;
  /** Names that are not free. */
  readonly taken: Set<string>;
}

/** What every object has, and what a class can't have as a property. */
const reserved = [...Object.getOwnPropertyNames(Object.prototype), 'prototype'];

/** Names the properties of each table that have columns. Those of values come first: a column keeps its name longest. */
export function nameProperties(
  tables: readonly Table[],
  references: References,
  classNames: ReadonlyMap<string, string>,
  options: Pick<EntityGeneratorOptions, 'propertyName'>,
): ReadonlyMap<Table, PropertyNames> {
  return new Map(
    tables.map((table) => {
      const own = references.get(table) ?? [];
      const taken = new Set(reserved);
      // An index names a column by itself where it has no property of its own.
      for (const reference of own) {
        if (reference.foreignKey.columns.length > 1) for (const column of reference.own) taken.add(column);
      }
      const name = (columns: readonly string[], proposed: string): string => {
        const wanted = options.propertyName?.(columns, proposed, nameOf(table)) ?? proposed;
        return distinctName(wanted === proposed ? proposed : camelCase(wordsOf(wanted)), taken);
      };
      const owned = new Set(own.flatMap((reference) => reference.own));
      const columns = new Map(
        table.columns
          .filter((column) => !owned.has(column.name))
          .map((column) => [column.name, name([column.name], camelCase(wordsOf(column.name)))]),
      );
      return [
        table,
        {
          columns,
          taken,
          references: new Map(
            own.map((reference) => [
              reference,
              name(reference.foreignKey.columns, referenceName(reference, classNames)),
            ]),
          ),
        },
      ];
    }),
  );
}

/** `author` for `author_id`; what is referenced, where the columns do not tell. */
function referenceName({ foreignKey, own, target }: Reference, classNames: ReadonlyMap<string, string>): string {
  const [column, ...others] = own.length === 0 ? foreignKey.columns : own;
  const words = column === undefined || others.length > 0 ? [] : withoutKey(wordsOf(column), foreignKey);
  return camelCase(words.length > 0 ? words : wordsOf(classNames.get(classKey(target)) ?? target.name));
}

function withoutKey(words: readonly string[], { references }: Reference['foreignKey']): readonly string[] {
  const endings = [...references.columns.map(wordsOf).filter(({ length }) => length === 1), ['id'], ['fk']];
  const lower = words.map((word) => word.toLowerCase());
  const ending = endings.find((key) =>
    key.every((word, index) => lower[lower.length - key.length + index] === word.toLowerCase()),
  );
  return ending === undefined ? words : words.slice(0, -ending.length);
}

/** The other side of a relation: `books`, or `booksByEditor` where several relations lead here. */
export function inverseName(
  className: string,
  reference: Reference,
  property: string,
  isOnly: boolean,
  taken: Set<string>,
): string {
  const words = wordsOf(className);
  const noun = reference.unique ? words : plural(words);
  return distinctName(camelCase(isOnly ? noun : [...noun, 'by', ...wordsOf(property)]), taken);
}
