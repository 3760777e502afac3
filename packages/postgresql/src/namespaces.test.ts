import type { Column, Connection, Schema, Table } from '@dovetail/core/driver';
import { describe, expect, test } from 'vitest';
import { evolve, generatorFor, inDatabase, schemaOf, servers, table } from './database.fixture.js';
import { introspect } from './introspect.js';

const id: Column = { name: 'id', type: 'integer', nullable: false, autoincrement: true };
const key = { primaryKey: { columns: ['id'] } };

/** Tables, enums and constraints of one name in two schemas, which refer to each other. */
function thing(schema: string | undefined, other: string | undefined): Table {
  const type = schema === undefined ? '"kind"' : `"${schema}"."kind"`;
  return table('thing', {
    schema,
    columns: [
      id,
      { name: 'kind', type, nullable: false, default: `'a'::${schema === undefined ? '' : `${schema}.`}kind` },
      { name: 'other_id', type: 'integer', nullable: true },
    ],
    ...key,
    checks: [{ name: 'thing_check', expression: schema === undefined ? 'id > 1' : 'id > 2' }],
    foreignKeys: [
      {
        name: 'thing_other',
        columns: ['other_id'],
        references: { table: { schema: other, name: 'thing' }, columns: ['id'] },
        onDelete: 'cascade',
        onUpdate: 'no action',
      },
    ],
  });
}

const desired: Schema = {
  ...schemaOf(thing(undefined, 'side'), thing('side', undefined)),
  namespaces: ['side'],
  enums: [
    { name: 'kind', items: ['a', 'b'] },
    { schema: 'side', name: 'kind', items: ['a', 'c'] },
  ],
};

async function withPath<Result>(connection: Connection, path: string, body: () => Promise<Result>): Promise<Result> {
  await connection.execute(`set search_path = ${path}`);
  try {
    return await body();
  } finally {
    await connection.execute('reset search_path');
  }
}

describe.each(servers)('on the $release server', { timeout: 30_000 }, ({ url }) => {
  test.each(['public', '"$user", public', 'public, side', 'public, no_such_schema'])(
    'what is in two schemas is told apart with the search path %s',
    async (path) => {
      await inDatabase(url, async (connection) => {
        expect((await withPath(connection, path, () => evolve(connection, desired))).left).toBe('');
        const read = await introspect(connection, { namespaces: ['side'] });
        expect(read.tables.map(({ schema, checks }) => [schema, checks[0]?.expression])).toEqual([
          [undefined, 'id > 1'],
          ['side', 'id > 2'],
        ]);
        expect(read.tables.map(({ foreignKeys }) => foreignKeys[0]?.references.table.schema)).toEqual([
          'side',
          undefined,
        ]);
        expect(await generatorFor(connection, desired).getUpdateSchemaSQL()).toBe('');
      });
    },
  );

  test('what another schema holds besides is left alone', async () => {
    await inDatabase(url, async (connection) => {
      await connection.execute(`
        create schema side; create table side.theirs (id integer);
        create schema far; create table far.thing (id integer)`);
      expect((await evolve(connection, desired, { dropTables: false })).left).not.toContain('far');
      expect(await connection.query("select to_regclass('side.theirs') is not null as there")).toEqual([
        { there: true },
      ]);
    });
  });

  const left = `
    select nspname::text as name from pg_namespace where nspname = 'side'
    union all select nspname || '.' || typname from pg_type join pg_namespace n on n.oid = typnamespace where typtype = 'e'
    union all select relname::text from pg_class where relname = 'thing'
    order by 1`;

  test('dropping all leaves nothing of the entities behind, so that they can be created again', async () => {
    await inDatabase(url, async (connection) => {
      const generator = generatorFor(connection, desired);
      await generator.createSchema();
      await connection.execute(`
        insert into thing (id, kind) values (2, 'a');
        create view reader as select id from side.thing; drop view reader;
        create policy mine on side.thing using (kind = 'a');
        create statistics of_thing on kind, other_id from side.thing`);
      const script = await generator.generate();
      await generator.dropSchema({ allow: ['data-loss'] });
      expect(await connection.query(left)).toEqual([]);

      await generator.createSchema();
      await connection.execute(script);
      expect(await generator.getUpdateSchemaSQL()).toBe('');
    });
  });

  test('partitions go with their table, and the schema with them', async () => {
    await inDatabase(url, async (connection) => {
      const partitioned = {
        ...schemaOf(table('log', { schema: 'side', columns: [id], options: { partitionBy: 'range (id)' } })),
        namespaces: ['side'],
      };
      const generator = generatorFor(connection, partitioned);
      await generator.createSchema();
      await connection.execute('create table side.log_1 partition of side.log for values from (1) to (9)');
      await generator.dropSchema();
      expect(await connection.query(left)).toEqual([]);
    });
  });

  test.each([
    ['a function', 'create function side.theirs(k side.kind) returns int language sql as $$ select 1 $$'],
    ['a table', 'create table public.theirs (kinds side.kind[]); create table side.theirs (id integer)'],
    ['a sequence and a domain', 'create sequence side.theirs; create domain side.dull as side.kind'],
  ])('dropping the entities keeps what %s of others needs', async (_, sql) => {
    await inDatabase(url, async (connection) => {
      const generator = generatorFor(connection, desired);
      await generator.createSchema();
      await connection.execute(sql);
      await generator.dropSchema({ dropTables: false });
      expect(await connection.query(left)).toEqual([{ name: 'side' }, { name: 'side.kind' }]);
      expect((await evolve(connection, desired, { dropTables: false })).left).not.toContain('thing');
    });
  });
});
