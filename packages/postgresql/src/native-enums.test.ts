import type { Column, Schema, Table } from '@dovetail/core/driver';
import { describe, expect, test } from 'vitest';
import { evolve, inDatabase, refusal, schemaOf, servers, table } from './database.fixture.js';

const id: Column = { name: 'id', type: 'integer', nullable: false, autoincrement: true };
const key = { primaryKey: { columns: ['id'] } };

describe.each(servers)('on the $release server', { timeout: 30_000 }, ({ url }) => {
  describe('a native enum', () => {
    const mood = (...items: readonly string[]) => ({ name: 'mood', items });
    const person = (defaultText: string | undefined, parts: Partial<Table> = {}): Table =>
      table('person', {
        columns: [
          id,
          { name: 'mood', type: '"mood"', nullable: true, default: defaultText },
          { name: 'moods', type: '"mood"[]', nullable: true },
        ],
        ...key,
        ...parts,
      });
    const dog = table('dog', {
      columns: [id, { name: 'mood', type: '"mood"', nullable: true, default: "'ok'::mood" }],
      ...key,
    });
    const start: Schema = { ...schemaOf(person("'ok'::mood"), dog), enums: [mood('sad', 'ok', 'happy')] };

    test('takes values in the middle, and keeps those of its rows', async () => {
      await inDatabase(url, async (connection) => {
        await evolve(connection, start);
        await connection.execute(`insert into person (mood, moods) values ('happy', '{sad,ok}')`);
        const { left } = await evolve(connection, { ...start, enums: [mood('sad', 'meh', 'ok', 'happy', 'wild')] });
        expect(left).toBe('');
        expect(await connection.query('select mood::text, moods::text from person')).toEqual([
          { mood: 'happy', moods: '{sad,ok}' },
        ]);
      });
    });

    test('takes a value that a default uses at once', async () => {
      await inDatabase(url, async (connection) => {
        await evolve(connection, start);
        await connection.execute(`insert into person (mood) values ('happy')`);
        const { left } = await evolve(connection, {
          ...schemaOf(person("'new'::mood"), dog),
          enums: [mood('sad', 'ok', 'happy', 'new')],
        });
        expect(left).toBe('');
        await connection.execute('insert into person default values');
        expect(await connection.query('select mood::text from person order by id')).toEqual([
          { mood: 'happy' },
          { mood: 'new' },
        ]);
      });
    });

    test('loses a value that nobody uses, and has its others in another order', async () => {
      await inDatabase(url, async (connection) => {
        await evolve(connection, {
          ...schemaOf(
            person("'ok'::mood", {
              checks: [{ name: 'person_mood_check', expression: "mood <> 'sad'::mood" }],
              indexes: [{ name: 'person_ok', unique: false, parts: [{ column: 'id' }], where: "mood = 'ok'::mood" }],
            }),
            dog,
          ),
          enums: start.enums,
        });
        await connection.execute(`insert into person (mood, moods) values ('happy', '{happy}')`);
        const { left } = await evolve(connection, {
          ...schemaOf(
            person("'ok'::mood", {
              checks: [{ name: 'person_mood_check', expression: "mood <> 'happy'::mood or id > 0" }],
              indexes: [{ name: 'person_ok', unique: false, parts: [{ column: 'id' }], where: "mood = 'ok'::mood" }],
            }),
            dog,
          ),
          enums: [mood('happy', 'ok')],
        });
        expect(left).toBe('');
        expect(await connection.query('select mood::text, moods::text from person')).toEqual([
          { mood: 'happy', moods: '{happy}' },
        ]);
      });
    });

    test('does not lose a value that rows use', async () => {
      await inDatabase(url, async (connection) => {
        await evolve(connection, start);
        await connection.execute(
          `insert into person (mood) values ('sad'), ('sad'); insert into dog values (default, 'sad')`,
        );
        await connection.execute(`insert into person (mood, moods) values ('ok', '{sad}')`);
        const error = await refusal(connection, { ...start, enums: [mood('ok', 'happy')] });
        expect(error.code).toBe('precheck-failed');
        expect(error.problems.map(({ where, what }) => `${where}: ${what.split(' ')[0]}`).sort()).toEqual([
          'dog.mood: 1',
          'person.mood: 2',
          'person.moods: 1',
        ]);
      });
    });

    test('in another schema, made together with it', async () => {
      await inDatabase(url, async (connection) => {
        const desired: Schema = {
          namespaces: ['shop'],
          enums: [{ schema: 'shop', name: 'size', items: ['S', 'L'] }],
          tables: [
            table('shirt', {
              columns: [id, { name: 'size', type: '"shop"."size"', nullable: false, default: "'S'" }],
              ...key,
            }),
            table('shirt', {
              schema: 'shop',
              columns: [id, { name: 'size', type: '"shop"."size"[]', nullable: true }],
              ...key,
              checks: [{ name: 'c', expression: 'id > 0' }],
            }),
          ],
          views: [],
        };
        expect((await evolve(connection, desired)).left).toBe('');
        const { left } = await evolve(connection, {
          ...desired,
          enums: [{ schema: 'shop', name: 'size', items: ['XS', 'L', 'S'] }],
        });
        expect(left).toBe('');
      });
    });
  });
});
