import Database from 'better-sqlite3';
import { type Column, emptyTable, type Table } from '@dovetail/core/driver';
import { describe, expect, it } from 'vitest';
import { validate } from './validate.js';

const id: Column = { name: 'id', type: 'integer', nullable: false };

function table(stated: Partial<Table>): Table {
  return { ...emptyTable, name: 't', columns: [id], ...stated };
}

const numbered: Column = { ...id, autoincrement: true };
const generated: Column = { ...id, name: 'g', generated: { expression: '1', stored: true } };
const trigger = {
  name: 'tr',
  timing: 'after',
  events: [{ kind: 'insert' }],
  forEach: 'row',
  body: 'select 1',
} as const;

/** Each table with the statement that shows SQLite's own refusal. */
const refused: readonly (readonly [string, Table, string])[] = [
  ['a reserved name', table({ name: 'sqlite_t' }), 'create table sqlite_t (id integer)'],
  [
    'a reserved name of an index',
    table({ indexes: [{ name: 'SQLITE_i', unique: false, parts: [{ column: 'id' }] }] }),
    'create table t (id integer); create index SQLITE_i on t (id)',
  ],
  [
    'nothing but generated columns',
    table({ columns: [generated] }),
    'create table t (g integer generated always as (1) stored)',
  ],
  [
    'a table without rowid and primary key',
    table({ options: { withoutRowid: true } }),
    'create table t (id integer) without rowid',
  ],
  [
    'AUTOINCREMENT in a composite key',
    table({ columns: [numbered, { ...id, name: 'b' }], primaryKey: { columns: ['id', 'b'] } }),
    'create table t (id integer autoincrement, b integer, primary key (id, b))',
  ],
  [
    'AUTOINCREMENT of another type',
    table({ columns: [{ ...numbered, type: 'bigint' }], primaryKey: { columns: ['id'] } }),
    'create table t (id bigint primary key autoincrement)',
  ],
  [
    'AUTOINCREMENT without rowid',
    table({ columns: [numbered], primaryKey: { columns: ['id'] }, options: { withoutRowid: true } }),
    'create table t (id integer primary key autoincrement) without rowid',
  ],
  [
    'a generated column in the primary key',
    table({ columns: [id, generated], primaryKey: { columns: ['g'] } }),
    'create table t (id integer, g integer generated always as (1) stored primary key)',
  ],
  [
    'a type that STRICT does not know',
    table({ columns: [{ ...id, type: 'text(50)' }], options: { strict: true } }),
    'create table t (id text(50)) strict',
  ],
  [
    'a trigger for a statement',
    table({ triggers: [{ ...trigger, forEach: 'statement' }] }),
    'create table t (id integer); create trigger tr after insert on t for each statement begin select 1; end',
  ],
  [
    'a trigger instead of a statement',
    table({ triggers: [{ ...trigger, timing: 'instead of' }] }),
    'create table t (id integer); create trigger tr instead of insert on t begin select 1; end',
  ],
  [
    'a trigger for truncate',
    table({ triggers: [{ ...trigger, events: [{ kind: 'truncate' }] }] }),
    'create table t (id integer); create trigger tr after truncate on t begin select 1; end',
  ],
];

describe('SQLite refuses', () => {
  it.each(refused)('%s, and so does the validation', (_, wanted, sql) => {
    const database = new Database(':memory:');
    expect(() => database.exec(sql)).toThrow(Database.SqliteError);
    database.close();
    expect(validate(wanted)).toHaveLength(1);
  });
});

describe('the validation lets through', () => {
  it.each<[string, Table]>([
    [
      'an ordinary table',
      table({ columns: [numbered, generated], primaryKey: { columns: ['id'] }, triggers: [trigger] }),
    ],
    ['a strict table', table({ columns: [{ ...id, type: 'ANY' }], options: { strict: true } })],
    ['a table without rowid', table({ primaryKey: { columns: ['id'] }, options: { withoutRowid: true } })],
  ])('%s', (_, wanted) => {
    expect(validate(wanted)).toEqual([]);
  });
});
