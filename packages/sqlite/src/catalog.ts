import { type Connection, DovetailError, groupBy, isRow, type Row } from '@dovetail/core/driver';

/** What SQLite's catalog says of the database `main`; SQLite's own tables, virtual and shadow ones are left out. */
export interface Catalog {
  /** By the name of each table and view: itself, its indexes and triggers in the order in which they were created. */
  readonly objects: ReadonlyMap<string, readonly CatalogObject[]>;
  readonly tables: readonly CatalogTable[];
}

type IsKnown = (table: string, objects: readonly CatalogObject[]) => boolean;

export interface CatalogObject {
  readonly type: string;
  readonly name: string;
  /** The table or view that an index or trigger belongs to; the object's own name otherwise. */
  readonly table: string;
  readonly sql: string;
}

/** What the pragmas say of one table. */
export interface CatalogTable {
  readonly name: string;
  readonly strict: boolean;
  readonly withoutRowid: boolean;
  readonly columns: readonly CatalogColumn[];
  readonly foreignKeyColumns: readonly CatalogForeignKeyColumn[];
  readonly indexes: readonly CatalogIndex[];
}

export interface CatalogColumn {
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  readonly default: string | undefined;
  /** The place in the primary key, from 1; 0 for the columns that are not part of it. */
  readonly keyPosition: number;
  readonly generated: 'stored' | 'virtual' | undefined;
}

export interface CatalogForeignKeyColumn {
  /** SQLite numbers the foreign keys of a table from its last to its first. */
  readonly id: number;
  readonly from: string;
  readonly table: string;
  /** Absent where the text names no column. */
  readonly to: string | undefined;
  readonly onDelete: string;
  readonly onUpdate: string;
}

export interface CatalogIndex {
  readonly name: string;
  readonly unique: boolean;
  /** Made by a unique constraint or a primary key, not by `create index` (sqlite.org/pragma.html#pragma_index_list). */
  readonly ofConstraint: boolean;
  readonly partial: boolean;
  readonly parts: readonly CatalogIndexPart[];
}

export interface CatalogIndexPart {
  /** Absent for an expression. */
  readonly column: string | undefined;
  readonly descending: boolean;
  readonly collation: string;
}

/**
 * Reads the catalog in two queries, from one moment of the database.
 *
 * @param isKnown tells the tables, by the texts of their definitions, whose pragmas are not asked for.
 */
export async function readCatalog(connection: Connection, isKnown: IsKnown = () => false): Promise<Catalog> {
  // A savepoint starts a transaction where there is none, and nests where there is one (sqlite.org/lang_savepoint.html).
  await connection.execute('savepoint dovetail_catalog');
  try {
    const objects = groupBy((await connection.query(objectsQuery)).map(readObject), ({ table }) => table);
    const known = [...objects].flatMap(([name, texts]) => (isKnown(name, texts) ? [name] : []));
    const tables = await connection.query(tablesQuery, [JSON.stringify(known)]);
    return { objects, tables: tables.map(readTable) };
  } finally {
    await connection.execute('release dovetail_catalog');
  }
}

/** Names that start with sqlite_ are SQLite's own (sqlite.org/fileformat2.html#internal_schema_objects). */
const isOurs = String.raw`schema = 'main' and name not like 'sqlite\_%' escape '\'`;

const objectsQuery = `
  select type, name, tbl_name as "table", sql from main.sqlite_schema
  where sql is not null
    and tbl_name in (select name from pragma_table_list where ${isOurs} and type in ('table', 'view'))
  order by rowid`;

/** One row a table: as JSON, thousands of columns are read in a third of the time that as many rows take. */
const tablesQuery = `
  select t.name, t.strict, t.wr,
    (
      select json_group_array(json_object(
        'name', c.name, 'type', c.type, 'notNull', c."notnull", 'default', c.dflt_value, 'pk', c.pk, 'hidden', c.hidden
      ) order by c.cid)
      from pragma_table_xinfo(t.name, 'main') as c
    ) as columns,
    (
      select json_group_array(json_object(
        'id', f.id, 'from', f."from", 'table', f."table", 'to', f."to", 'onDelete', f.on_delete, 'onUpdate', f.on_update
      ) order by f.id, f.seq)
      from pragma_foreign_key_list(t.name, 'main') as f
    ) as foreign_key_columns,
    (
      select json_group_array(json_object(
        'name', i.name, 'unique', i."unique", 'origin', i.origin, 'partial', i.partial, 'parts', json((
          select json_group_array(json_object('column', p.name, 'desc', p."desc", 'collation', p.coll) order by p.seqno)
          from pragma_index_xinfo(i.name, 'main') as p
          where p."key" = 1
        ))
      ))
      from pragma_index_list(t.name, 'main') as i
    ) as indexes
  from pragma_table_list as t
  where ${isOurs} and type = 'table' and t.name not in (select value from json_each(?))`;

function readObject(row: Row): CatalogObject {
  return { type: text(row, 'type'), name: text(row, 'name'), table: text(row, 'table'), sql: text(row, 'sql') };
}

function readTable(row: Row): CatalogTable {
  return {
    name: text(row, 'name'),
    strict: flag(row, 'strict'),
    withoutRowid: flag(row, 'wr'),
    columns: rows(JSON.parse(text(row, 'columns'))).map(readColumn),
    foreignKeyColumns: rows(JSON.parse(text(row, 'foreign_key_columns'))).map(readForeignKeyColumn),
    indexes: rows(JSON.parse(text(row, 'indexes'))).map(readIndex),
  };
}

function readColumn(row: Row): CatalogColumn {
  return {
    name: text(row, 'name'),
    type: text(row, 'type'),
    notNull: flag(row, 'notNull'),
    default: optionalText(row, 'default'),
    keyPosition: integer(row, 'pk'),
    generated: readGenerated(integer(row, 'hidden')),
  };
}

/** The column `hidden` of the pragma (sqlite.org/pragma.html#pragma_table_xinfo). */
function readGenerated(hidden: number): CatalogColumn['generated'] {
  if (hidden === 2) return 'virtual';
  return hidden === 3 ? 'stored' : undefined;
}

function readForeignKeyColumn(row: Row): CatalogForeignKeyColumn {
  return {
    id: integer(row, 'id'),
    from: text(row, 'from'),
    table: text(row, 'table'),
    to: optionalText(row, 'to'),
    onDelete: text(row, 'onDelete'),
    onUpdate: text(row, 'onUpdate'),
  };
}

function readIndex(row: Row): CatalogIndex {
  return {
    name: text(row, 'name'),
    unique: flag(row, 'unique'),
    ofConstraint: text(row, 'origin') !== 'c',
    partial: flag(row, 'partial'),
    parts: rows(row.parts).map(readIndexPart),
  };
}

function readIndexPart(row: Row): CatalogIndexPart {
  return {
    column: optionalText(row, 'column'),
    descending: flag(row, 'desc'),
    collation: text(row, 'collation'),
  };
}

function rows(value: unknown): readonly Row[] {
  return Array.isArray(value) && value.every(isRow) ? value : unexpected(value);
}

function text(row: Row, column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : unexpected(value);
}

function optionalText(row: Row, column: string): string | undefined {
  return row[column] === null ? undefined : text(row, column);
}

function integer(row: Row, column: string): number {
  const value = row[column];
  return typeof value === 'number' ? value : unexpected(value);
}

function flag(row: Row, column: string): boolean {
  return integer(row, column) === 1;
}

function unexpected(value: unknown): never {
  throw new DovetailError('introspection-failed', 'The catalog of the database could not be read.', [
    { where: 'sqlite_schema', what: `holds ${String(value)}`, remedy: 'Check the file with "pragma integrity_check".' },
  ]);
}
