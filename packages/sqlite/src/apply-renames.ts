import type { Connection, RenameChange, Row, Schema } from '@dovetail/core/driver';
import { connect } from './connection.js';
import { renameStatement } from './ddl/alter.js';
import { quoteIdentifier } from './ddl/quote.js';
import { introspect } from './introspect.js';

/**
 * SQLite itself follows a rename into every expression, trigger, view and foreign key
 * (sqlite.org/lang_altertable.html#altertabrename), so it is asked: the renames run on a copy of the schema in memory.
 */
export async function applyRenames(connection: Connection, renames: readonly RenameChange[]): Promise<Schema> {
  const copy = await connect({ dbName: ':memory:' });
  try {
    await copy.query('pragma foreign_keys = off');
    for (const statement of await schemaStatements(connection)) await copy.execute(statement);
    for (const rename of renames) await copy.execute(renameStatement(rename).sql);
    return await introspect(copy, { namespaces: [] });
  } finally {
    await copy.close();
  }
}

/** The statements that make the schema anew, in an order in which each finds what it needs. */
async function schemaStatements(connection: Connection): Promise<string[]> {
  const objects = await connection.query(`
    select s.type, s.name, s.sql, l.type as storage
    from main.sqlite_schema as s
    left join pragma_table_list as l on l.schema = 'main' and l.name = s.name
    where s.sql is not null and s.name not like 'sqlite\\_%' escape '\\'
    order by s.type not in ('table'), s.type = 'trigger', s.rowid`);
  const statements: string[] = [];
  for (const object of objects) {
    if (object.storage === 'shadow') continue;
    statements.push(object.storage === 'virtual' ? await standIn(connection, object) : String(object.sql));
  }
  return statements;
}

/** A plain table in place of a virtual one, whose module the copy may lack. */
async function standIn(connection: Connection, { name }: Row): Promise<string> {
  const columns = await connection.query('select name from pragma_table_xinfo(?) where name is not null', [name]);
  const list = columns.map((column) => quoteIdentifier(String(column.name))).join(', ');
  return `create table ${quoteIdentifier(String(name))} (${list})`;
}
