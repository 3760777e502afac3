import type { Connection, IntrospectionScope, Row, Survey } from '@dovetail/core/driver';
import { quoteString } from './ddl/quote.js';

/**
 * The columns of the views, what a new table of the connection's database has, and routines, events and sequences.
 * MariaDB compares names in its catalog without regard to case unless they are binary.
 */
export async function survey(connection: Connection, { namespaces }: IntrospectionScope): Promise<Survey> {
  const databases = ['database()', ...namespaces.map(quoteString)].join(', ');
  const columns = await connection.query(`
    select nullif(c.table_schema, database()) as view_schema, c.table_name as view_name, c.column_name as name,
      c.column_type as type
    from information_schema.columns c
    join information_schema.tables t on t.table_schema = c.table_schema and binary t.table_name = binary c.table_name
    where c.table_schema in (${databases}) and t.table_type = 'VIEW'
    order by c.table_schema, c.table_name, c.ordinal_position`);
  const others = await connection.query(`
    select lower(routine_type) as kind, nullif(routine_schema, database()) as space, routine_name as name
    from information_schema.routines where routine_schema in (${databases})
    union all
    select 'event', nullif(event_schema, database()), event_name
    from information_schema.events where event_schema in (${databases})
    union all
    select 'sequence', nullif(table_schema, database()), table_name
    from information_schema.tables where table_schema in (${databases}) and table_type = 'SEQUENCE'
    order by 1, 2, 3`);
  const [defaults] = await connection.query(`
    select @@default_storage_engine as engine, @@character_set_database as charset, @@collation_database as collation`);
  return {
    viewColumns: columns.map((row) => ({
      view: { schema: optionalText(row, 'view_schema'), name: text(row, 'view_name') },
      name: text(row, 'name'),
      type: text(row, 'type'),
    })),
    tableDefaults: {
      engine: optionalText(defaults, 'engine'),
      charset: optionalText(defaults, 'charset'),
      collation: optionalText(defaults, 'collation'),
    },
    unmodelled: others.map((row) => {
      const space = optionalText(row, 'space');
      return `${text(row, 'kind')} ${space === undefined ? '' : `${space}.`}${text(row, 'name')}`;
    }),
  };
}

function text(row: Row, column: string): string {
  const value = row[column];
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value);
}

function optionalText(row: Row | undefined, column: string): string | undefined {
  return row === undefined || row[column] === null ? undefined : text(row, column);
}
