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
});
