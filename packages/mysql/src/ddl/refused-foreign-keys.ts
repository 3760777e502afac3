import {
  type Change,
  type DdlContext,
  displayName,
  findTable,
  type ForeignKey,
  type IndexPart,
  type Precheck,
  type Table,
} from '@dovetail/core/driver';
import { baseType, isInteger, isText } from '../column-type.js';
import { comparison } from '../comparison.js';
import { quoteString } from './quote.js';

const { foldName } = comparison;

/**
 * A foreign key that goes for the sake of another change comes back after it, and the server takes it no more where its
 * columns are no longer alike, or where no key begins with what it references
 * (refman/9.7/en/create-table-foreign-keys.html). The entities agree with each other; a table that they do not describe
 * stays as it is.
 */
export function refusedForeignKeys(
  { table, foreignKey }: Extract<Change, { kind: 'add-foreign-key' }>,
  { actual, target }: DdlContext,
): Precheck[] {
  const before = findTable(actual, table, comparison);
  const [child, parent] = [table, foreignKey.references.table].map((name) => findTable(target, name, comparison));
  const { name } = foreignKey;
  if (before?.foreignKeys.includes(foreignKey) !== true || name === undefined) return [];
  if (child === undefined || parent === undefined) return [];
  const reason = unlikeColumns(child, parent, foreignKey) ?? missingKey(parent, foreignKey);
  if (reason === undefined) return [];
  const message = `foreign key could not come back after the change: ${reason}`;
  return [
    {
      kind: 'may-fail',
      object: `${displayName(table)}.${name}`,
      sql:
        `select 1 from information_schema.table_constraints where constraint_type = 'FOREIGN KEY'` +
        ` and constraint_schema = ${table.schema === undefined ? 'database()' : quoteString(table.schema)}` +
        ` and constraint_name = ${quoteString(name)}`,
      limit: 1,
      key: [],
      message: { one: message, other: message },
      remedy: 'drop it first; then make its columns and those that it references alike, and create it anew',
    },
  ];
}

/** What decides whether two columns fit each other. */
interface End {
  readonly name: string;
  readonly type: string;
  readonly collation: string | undefined;
}

function unlikeColumns(child: Table, parent: Table, { columns, references }: ForeignKey): string | undefined {
  for (const [position, name] of columns.entries()) {
    const [own, referenced] = [endOf(child, name), endOf(parent, references.columns[position] ?? '')];
    if (own !== undefined && referenced !== undefined && !areAlike(own, referenced)) {
      return `${describe(own)}, and ${describe(referenced)}`;
    }
  }
  return undefined;
}

/** A column without a collation of its own has that of its table. */
function endOf(table: Table, wanted: string): End | undefined {
  const column = table.columns.find(({ name }) => foldName(name) === foldName(wanted));
  if (column === undefined) return undefined;
  const { name, type, collation = table.options.collation } = column;
  return { name: `${displayName(table)}.${name}`, type, collation: isText(type) ? collation : undefined };
}

function describe({ name, type, collation }: End): string {
  return `${name} is ${type}${collation === undefined ? '' : ` collate ${collation}`}`;
}

/** Integers have one size and sign, texts one collation, whatever their lengths. */
function areAlike(a: End, b: End): boolean {
  if (isInteger(a.type) && isInteger(b.type)) return integerOf(a.type) === integerOf(b.type);
  if (isText(a.type) && isText(b.type)) {
    return a.collation === undefined || b.collation === undefined || a.collation === b.collation;
  }
  return isText(a.type) === isText(b.type) && isInteger(a.type) === isInteger(b.type);
}

/** Without what is for display alone. */
function integerOf(type: string): string {
  return `${baseType(type)}${type.includes('unsigned') ? ' unsigned' : ''}`;
}

function missingKey(parent: Table, { references }: ForeignKey): string | undefined {
  const keys = [
    parent.primaryKey?.columns ?? [],
    ...parent.indexes.filter(({ type }) => type === undefined).map(({ parts }) => parts.map(wholeColumn)),
  ];
  const begins = (key: readonly (string | undefined)[]): boolean =>
    references.columns.every((column, position) => foldName(key[position] ?? '') === foldName(column));
  return keys.some(begins)
    ? undefined
    : `no key of ${displayName(parent)} would begin with (${references.columns.join(', ')})`;
}

function wholeColumn(part: IndexPart): string | undefined {
  return 'column' in part && part.length === undefined ? part.column : undefined;
}
