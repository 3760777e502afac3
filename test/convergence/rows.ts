import type { Connection } from '@dovetail/core';
import type { Ddl } from '@dovetail/core/driver';
import type { Dialect } from './dialect.js';
import { type PhysicalColumn, type PhysicalTable, physicalTables } from './layout.js';
import {
  type ColumnSpec,
  columnById,
  type Evolution,
  mentionedIn,
  type Model,
  tableById,
  type TableSpec,
} from './model.js';
import { familyOf } from './types.js';
import { keyValue, taggedValue, type Value } from './values.js';

/** Fills every table with rows that fit the model before, and the model after as well. */
export async function insertRows(
  evolution: Evolution,
  connection: Connection,
  ddl: Ddl,
  dialect: Dialect,
): Promise<void> {
  for (const table of physicalTables(evolution.before)) {
    for (let row = 0; row < evolution.rows; row += 1) {
      const cells = table.columns.flatMap((column) => cellOf(column, row, evolution));
      const names = cells.map(({ name }) => ddl.quoteIdentifier(name)).join(', ');
      const places = cells.map(({ isArray }, index) => dialect.parameter(index + 1, isArray)).join(', ');
      const values = cells.length === 0 ? 'default values' : `(${names}) values (${places})`;
      await connection.execute(
        `insert into ${ddl.quoteIdentifier(table.name)} ${values}`,
        cells.map(({ value }) => value),
      );
    }
  }
}

interface Cell {
  readonly name: string;
  readonly value: Value;
  readonly isArray: boolean;
}

/** The value of a row; none where the database gives it, being generated or left to the default. */
function cellOf(column: PhysicalColumn, row: number, evolution: Evolution): readonly Cell[] {
  const { name } = column;
  switch (column.kind) {
    case 'plain': {
      const table = column.table;
      const spec = columnById(table, column.column);
      if (spec === undefined || spec.generated !== undefined) return [];
      if (isLeftToDefault(spec, table, row, evolution)) return [];
      const value = plainValue(spec, table, row, evolution);
      return [{ name, value, isArray: value !== null && ['array', 'enumArray'].includes(familyOf(spec.type)) }];
    }
    case 'reference': {
      const { relation, target } = column;
      if (relation !== undefined && isNullRow(row) && takesNull(relation.id, evolution))
        return [{ name, value: null, isArray: false }];
      const spec = columnById(target, column.column);
      if (spec === undefined) return [];
      const value = plainValue(spec, target, (row + column.offset) % evolution.rows, evolution);
      return [{ name, value, isArray: false }];
    }
  }
}

function isNullRow(row: number): boolean {
  return row % 3 === 2;
}

function plainValue(spec: ColumnSpec, table: TableSpec, row: number, evolution: Evolution): Value {
  const position = table.primaryKey.indexOf(spec.id);
  if (position >= 0) return keyValue(spec, position, row);
  if (isNullRow(row) && takesNull(spec.id, evolution) && !isReferenced(spec.id, evolution)) return null;
  return taggedValue(withCommonItems(spec, evolution), table, row);
}

/** Only the values of an enum that the model after has as well. */
function withCommonItems(spec: ColumnSpec, { after }: Evolution): ColumnSpec {
  const { type } = spec;
  const kept = after.tables.flatMap((table) => columnById(table, spec.id) ?? []).map((column) => column.type)[0];
  if (type.kind !== 'enum' || kept?.kind !== 'enum') return spec;
  return { ...spec, type: { ...type, items: type.items.filter((item) => kept.items.includes(item)) } };
}

/** Whether the column or relation takes null in both models, as far as it is in them. */
function takesNull(id: string, { before, after }: Evolution): boolean {
  return [before, after].every(({ tables }) =>
    tables.every((table) => {
      const member = [...table.columns, ...table.relations].find((other) => other.id === id);
      return member === undefined || (member.nullable && !table.primaryKey.includes(id));
    }),
  );
}

function isReferenced(id: string, { before, after }: Evolution): boolean {
  return [before, after].some(({ tables }) =>
    tables.some(({ relations }) => relations.some(({ references }) => references.includes(id))),
  );
}

/** The value that a default gives is anybody's guess, so no key, condition or relation may ask for another. */
function isLeftToDefault(spec: ColumnSpec, table: TableSpec, row: number, evolution: Evolution): boolean {
  if (spec.default === undefined || row % 3 !== 1 || familyOf(spec.type) === 'enum') return false;
  if (table.primaryKey.includes(spec.id) || isReferenced(spec.id, evolution)) return false;
  return [evolution.before, evolution.after].every((model) => isFree(spec.id, model, table));
}

function isFree(id: string, model: Model, { id: tableId }: TableSpec): boolean {
  const table = tableById(model, tableId);
  if (table === undefined) return true;
  const isKey = table.indexes.some(
    ({ unique, key }) => unique && key.kind === 'columns' && key.parts.some(({ member }) => member === id),
  );
  return (
    !isKey &&
    !table.primaryKey.includes(id) &&
    !table.checks.some(({ expression }) => mentionedIn(expression).includes(id))
  );
}

/** The values of every row that the database is to keep, by table: columns in the order of their ids, rows sorted. */
export async function survivingRows(
  model: Model,
  { before, after }: Evolution,
  connection: Connection,
  ddl: Ddl,
  dialect: Dialect,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const [old, kept, current] = [before, after, model].map(physicalTables);
  const found: [string, readonly string[]][] = [];
  for (const table of current ?? []) {
    const others = [old, kept].map((tables) => tables?.find(({ id }) => id === table.id));
    if (others.includes(undefined)) continue;
    const columns = table.columns.filter((column) => others.every((other) => keepsValues(column, other)));
    found.push([table.id, await readRows(table, columns, connection, ddl, dialect)]);
  }
  return Object.fromEntries(found);
}

/** A generated column's values follow its expression. */
function keepsValues(column: PhysicalColumn, table: PhysicalTable | undefined): boolean {
  const other = table?.columns.find(({ id }) => id === column.id);
  if (other?.kind !== 'plain') return other !== undefined;
  return columnById(other.table, other.column)?.generated === undefined;
}

async function readRows(
  table: PhysicalTable,
  columns: readonly PhysicalColumn[],
  connection: Connection,
  { quoteIdentifier }: Ddl,
  { readable }: Dialect,
): Promise<readonly string[]> {
  const sorted = [...columns].sort((a, b) => (a.id < b.id ? -1 : 1));
  const aliases = sorted.map((_, index) => `c${index}`);
  const list = ['1 as one', ...sorted.map(({ name }, index) => `${readable(quoteIdentifier(name))} as c${index}`)].join(
    ', ',
  );
  const rows = await connection.query(`select ${list} from ${quoteIdentifier(table.name)}`);
  return rows.map((row) => JSON.stringify(aliases.map((alias) => canonicalValue(row[alias])))).sort();
}

/**
 * A number and its text are one value, for a column of numbers can become one of texts; so are true and 1, 1.5 and 1.50,
 * and a time with and without decimals that are zeros.
 */
function canonicalValue(value: unknown): unknown {
  if (value === 'true' || value === 'false') return value === 'true' ? '1' : '0';
  if (typeof value === 'string' && /^-?\d+\.\d+$/.test(value)) return String(Number(value));
  if (typeof value === 'string' && /:\d\d\.0+$/.test(value)) return value.slice(0, value.indexOf('.'));
  if (typeof value === 'number' || typeof value === 'bigint') return value.toString();
  return Buffer.isBuffer(value) ? canonicalValue(value.toString('latin1')) : value;
}
