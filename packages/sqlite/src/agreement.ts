import {
  type Column,
  type ForeignKey,
  type Index,
  type IndexPart,
  isIdentifier,
  type Table,
} from '@dovetail/core/driver';
import type {
  CatalogColumn,
  CatalogForeignKeyColumn,
  CatalogIndex,
  CatalogIndexPart,
  CatalogTable,
} from './catalog.js';
import { comparison } from './comparison.js';
import { quoteString } from './ddl/quote.js';
import { foldAscii, isValueKeyword, tokenize, unquote } from './lexer.js';
import { withStringLiterals } from './parse/string-literals.js';

/** Says where the model of a table, which is read from the texts, differs from what the pragmas say. */
export function disagreements(table: Table, fact: CatalogTable): readonly string[] {
  return [
    ...columnDisagreements(table, fact),
    ...primaryKeyDisagreements(table, fact),
    ...foreignKeyDisagreements(table, fact),
    ...uniqueDisagreements(table, fact),
    ...indexDisagreements(table, fact),
    ...storageDisagreements(table, fact),
  ];
}

/** The columns of the primary key, in its order. */
export function primaryKeyColumns({ columns }: CatalogTable): readonly string[] {
  return columns
    .filter(({ keyPosition }) => keyPosition > 0)
    .sort((a, b) => a.keyPosition - b.keyPosition)
    .map(({ name }) => name);
}

function contradicted(what: string): string {
  return `${what}, of which SQLite's pragmas say something else than its text`;
}

function columnDisagreements(table: Table, fact: CatalogTable): readonly string[] {
  if (table.columns.length !== fact.columns.length) return [contradicted('its list of columns')];
  return table.columns
    .filter((column, position) => !sameColumn(column, fact.columns[position]))
    .map(({ name }) => contradicted(`column "${name}"`));
}

function sameColumn(column: Column, fact: CatalogColumn | undefined): boolean {
  return (
    column.name === fact?.name &&
    sameType(column.type, fact.type) &&
    sameNullability(column, fact) &&
    sameDefault(column.default, fact.default) &&
    sameStorage(column, fact)
  );
}

/** The pragma calls a rowid nullable unless `not null` is written out. */
function sameNullability({ nullable }: Column, { notNull, keyPosition }: CatalogColumn): boolean {
  return nullable !== notNull || (!nullable && keyPosition > 0);
}

function sameStorage({ generated }: Column, fact: CatalogColumn): boolean {
  if (generated === undefined) return fact.generated === undefined;
  return fact.generated === (generated.stored ? 'stored' : 'virtual');
}

/** A type that cannot stand without quotes keeps them in the model. */
function sameType(type: string, fact: string): boolean {
  if (comparison.sameType(type, fact)) return true;
  const [token, ...others] = tokenize(type);
  return token !== undefined && others.length === 0 && comparison.sameType(unquote(token), fact);
}

/** The pragma gives a default without the parentheses around it, and a name that means a string as it is written. */
function sameDefault(expression: string | undefined, fact: string | undefined): boolean {
  if (expression === undefined || fact === undefined || expression === fact) return expression === fact;
  const [token, ...others] = tokenize(fact);
  const isName = token !== undefined && others.length === 0 && isIdentifier(token) && !isValueKeyword(token);
  return comparison.sameExpression(expression, isName ? quoteString(unquote(token)) : withStringLiterals(fact, []));
}

function primaryKeyDisagreements({ primaryKey }: Table, fact: CatalogTable): readonly string[] {
  return foldedList(primaryKey?.columns ?? []) === foldedList(primaryKeyColumns(fact))
    ? []
    : [contradicted('its primary key')];
}

function foreignKeyDisagreements({ foreignKeys }: Table, { foreignKeyColumns }: CatalogTable): readonly string[] {
  const last = foreignKeys.length - 1;
  if ((foreignKeyColumns.at(-1)?.id ?? -1) !== last) return [contradicted('its foreign keys')];
  return foreignKeys
    .filter(
      (key, position) =>
        !sameForeignKey(
          key,
          foreignKeyColumns.filter(({ id }) => id === last - position),
        ),
    )
    .map(({ columns }) => contradicted(`the foreign key (${columns.join(', ')})`));
}

function sameForeignKey(foreignKey: ForeignKey, facts: readonly CatalogForeignKeyColumn[]): boolean {
  const { columns, references, onDelete, onUpdate } = foreignKey;
  return (
    columns.length === facts.length &&
    facts.every(
      (fact, position) =>
        sameName(columns[position], fact.from) &&
        sameName(references.table.name, fact.table) &&
        (fact.to === undefined || sameName(references.columns[position], fact.to)) &&
        onDelete === foldAscii(fact.onDelete) &&
        onUpdate === foldAscii(fact.onUpdate),
    )
  );
}

/** SQLite makes one index for all constraints over the same columns, and none for a key that is the rowid. */
function uniqueDisagreements(table: Table, fact: CatalogTable): readonly string[] {
  const uniques = table.uniques.map(({ columns }) => foldedList(columns));
  const keys = [...uniques, foldedList(table.primaryKey?.columns ?? [])];
  const found = fact.indexes
    .filter(({ ofConstraint }) => ofConstraint)
    .map(({ parts }) => foldedList(parts.map(({ column = '' }) => column)));
  const agree = found.every((columns) => keys.includes(columns)) && uniques.every((columns) => found.includes(columns));
  return agree ? [] : [contradicted('its unique constraints')];
}

function indexDisagreements(table: Table, { indexes }: CatalogTable): readonly string[] {
  return table.indexes
    .filter(
      (index) =>
        !sameIndex(
          index,
          indexes.find(({ name }) => name === index.name),
          table,
        ),
    )
    .map(({ name }) => contradicted(`index "${name}"`));
}

function sameIndex(index: Index, fact: CatalogIndex | undefined, table: Table): boolean {
  return (
    index.unique === fact?.unique &&
    (index.where !== undefined) === fact.partial &&
    index.parts.length === fact.parts.length &&
    index.parts.every((part, position) => samePart(part, fact.parts[position], table))
  );
}

/** Of an expression only the order is compared: for a lone column in parentheses the pragma tells of the column. */
function samePart(part: IndexPart, fact: CatalogIndexPart | undefined, { columns }: Table): boolean {
  if ((part.sort === 'desc') !== fact?.descending) return false;
  if (!('column' in part)) return true;
  const collation = part.collation ?? columns.find(({ name }) => name === part.column)?.collation ?? 'binary';
  return part.column === fact.column && collation === foldAscii(fact.collation);
}

function storageDisagreements({ options }: Table, { strict, withoutRowid }: CatalogTable): readonly string[] {
  const agree = options.strict === strict && options.withoutRowid === withoutRowid;
  return agree ? [] : [contradicted('its options')];
}

/** No name holds a NUL character, for SQLite ends a text there. */
function foldedList(names: readonly string[]): string {
  return names.map(foldAscii).join('\0');
}

function sameName(name: string | undefined, other: string): boolean {
  return name !== undefined && foldAscii(name) === foldAscii(other);
}
