import { type Connection, DovetailError, messageOf, type RenameChange, type Schema } from '@dovetail/core/driver';
import { connect } from './connection.js';
import { renameStatement } from './ddl/alter.js';
import { introspect } from './introspect.js';

/**
 * SQLite itself follows a rename into every expression, trigger, view and foreign key
 * (sqlite.org/lang_altertable.html#altertabrename), so it is asked: the renames run on a copy of the schema in memory.
 */
export async function applyRenames(
  connection: Connection,
  actual: Schema,
  renames: readonly RenameChange[],
): Promise<Schema> {
  const copy = await connect({ dbName: ':memory:' });
  try {
    await copy.query('pragma foreign_keys = off');
    await copySchema(connection, copy, actual);
    for (const rename of renames) await carryOut(copy, rename);
    return await introspect(copy, { namespaces: [] });
  } finally {
    await copy.close();
  }
}

/** SQLite renames nothing that a view or trigger would not survive, nor anything beside one that is broken already. */
async function carryOut(copy: Connection, rename: RenameChange): Promise<void> {
  const { sql, description } = renameStatement(rename);
  try {
    await copy.execute(sql);
  } catch (cause) {
    const what = messageOf(cause);
    const remedy = 'Drop the view or trigger that it names first, and create it anew afterwards.';
    throw new DovetailError(
      'statement-failed',
      'SQLite refuses a rename. Nothing has been changed.',
      [{ where: description, what, remedy }],
      { cause },
    );
  }
}

/** Makes the schema anew without the views that are dropped, in an order in which each object finds what it needs. */
async function copySchema(connection: Connection, copy: Connection, { views }: Schema): Promise<void> {
  const kept = new Set(views.map(({ name }) => name));
  const objects = await connection.query(String.raw`
    select s.sql, s.type, s.name, l.type as storage
    from main.sqlite_schema as s
    left join pragma_table_list as l on l.schema = 'main' and l.name = s.name
    where s.sql is not null and s.name not like 'sqlite\_%' escape '\'
    order by s.type <> 'table', s.type = 'trigger', s.rowid`);
  for (const { sql, type, name, storage } of objects) {
    if (type === 'view' && !kept.has(String(name))) continue;
    // Virtual tables make their shadow tables themselves.
    if (storage === 'shadow') continue;
    if (storage === 'virtual') await createVirtual(copy, String(sql));
    else await copy.execute(String(sql));
  }
}

/** Where SQLite lacks the module of a virtual table, it lacks it in the database itself as well, and none can use it. */
async function createVirtual(copy: Connection, sql: string): Promise<void> {
  try {
    await copy.execute(sql);
  } catch {
    return;
  }
}
