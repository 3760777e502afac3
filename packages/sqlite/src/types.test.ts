import Database from 'better-sqlite3';
import { logicalTypes, type DefaultValue, type LogicalType } from '@dovetail/core/driver';
import { describe, expect, it } from 'vitest';
import { types } from './types.js';

/** What SQLite stores by itself in a column of that type with that default. */
function storedDefault(value: DefaultValue, column: string, type?: LogicalType): unknown {
  const database = new Database(':memory:');
  try {
    const definition = `${column} default ${types.literal(value, column, type)}`;
    database.exec(`create table t (id integer primary key, x ${definition}); insert into t (id) values (1)`);
    return database.prepare('select x from t').pluck().get();
  } finally {
    database.close();
  }
}

describe('column types', () => {
  it.each<[LogicalType, string]>([
    ['string', 'text'],
    ['integer', 'integer'],
    ['bigint', 'bigint'],
    ['float', 'real'],
    ['double', 'double'],
    ['boolean', 'integer'],
    ['datetime', 'datetime'],
    ['json', 'json'],
    ['blob', 'blob'],
    ['array', 'text'],
    ['enum', 'text'],
  ])('%s is %s', (type, expected) => {
    expect(types.columnType(type, { length: 20 })).toBe(expected);
  });

  it('decimal has ten digits where the property states none', () => {
    expect(types.columnType('decimal', {})).toBe('numeric(10,0)');
    expect(types.columnType('decimal', { precision: 12, scale: 2 })).toBe('numeric(12,2)');
  });

  it.each([
    ...['int', 'INTEGER', 'tinyint', 'unsigned big int', 'int8', 'varchar(255)', 'varying character(255)', 'nchar(55)'],
    ...['clob', 'blob', 'real', 'double precision', 'float', 'numeric', 'decimal(10,5)', 'BOOLEAN', 'date', 'datetime'],
    ...['any', 'json', 'time', 'interval', 'mediumtext'],
  ])('%s is known', (name) => {
    expect(types.knowsType?.(name)).toBe(true);
  });

  it.each(['strng', 'decimel(10,2)', 'dat', 'jsno', 'uuid4'])('%s is not', (name) => {
    expect(types.knowsType?.(name)).toBe(false);
  });

  it('are integer where rows are numbered', () => {
    expect(types.columnType('bigint', { autoincrement: true })).toBe('integer');
  });

  it.each(logicalTypes)('%s is a type that a STRICT table takes', (type) => {
    const database = new Database(':memory:');
    database.exec(`create table t (x ${types.columnType(type, { strict: true })}) strict`);
    expect(database.pragma('table_info(t)')).toHaveLength(1);
    database.close();
  });
});

describe('defaults', () => {
  it.each(['', "it's", "''", 'NULL', 'current_timestamp', '1', 'a\0b', '\0', 'a\nb', '(x)', '-- x', '雪'])(
    'the string %j stays what it is',
    (value) => {
      expect(storedDefault({ kind: 'string', value }, 'text')).toBe(value);
    },
  );

  it.each([
    ['0', 0],
    ['-1', -1],
    ['1.5', 1.5],
    ['1e+21', 1e21],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ])('the number %s', (value, expected) => {
    expect(storedDefault({ kind: 'number', value }, 'numeric(10,0)')).toBe(expected);
  });

  it('booleans are 1 and 0', () => {
    expect(storedDefault({ kind: 'boolean', value: true }, 'integer')).toBe(1);
    expect(storedDefault({ kind: 'boolean', value: false }, 'integer')).toBe(0);
  });

  it('bytes are a blob', () => {
    expect(storedDefault({ kind: 'bytes', value: '00ff27' }, 'blob')).toEqual(Buffer.from([0, 255, 39]));
    expect(storedDefault({ kind: 'bytes', value: '' }, 'blob')).toEqual(Buffer.alloc(0));
  });

  it('json is its text', () => {
    const value = `{"it's":[1,null]}`;
    expect(storedDefault({ kind: 'json', value }, 'json')).toBe(value);
  });

  it('null is null', () => {
    expect(storedDefault({ kind: 'null' }, 'text')).toBeNull();
  });
});

describe('moments', () => {
  const date = (value: string): DefaultValue => ({ kind: 'date', value });

  it.each<[string, LogicalType | undefined, unknown]>([
    ['datetime', 'datetime', '2024-02-29 12:30:00'],
    ['text', undefined, '2024-02-29 12:30:00'],
    ['date', undefined, '2024-02-29'],
    ['text', 'date', '2024-02-29'],
    ['time', undefined, '12:30:00'],
    ['text', 'time', '12:30:00'],
    ['integer', undefined, Date.UTC(2024, 1, 29, 12, 30)],
  ])('in a column of the type %s (%s) are kept as its values are', (column, type, expected) => {
    expect(storedDefault(date('2024-02-29T12:30:00.000Z'), column, type)).toBe(expected);
  });

  it('keep their milliseconds', () => {
    expect(storedDefault(date('2024-02-29T12:30:00.500Z'), 'datetime')).toBe('2024-02-29 12:30:00.500');
    expect(storedDefault(date('2024-02-29T12:30:00.500Z'), 'integer')).toBe(Date.UTC(2024, 1, 29, 12, 30, 0, 500));
  });

  it.each<[string, LogicalType | undefined, number, RegExp]>([
    ['datetime', 'datetime', 0, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/],
    ['datetime', 'datetime', 3, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/],
    ['date', 'date', 0, /^\d{4}-\d\d-\d\d$/],
    ['text', 'date', 0, /^\d{4}-\d\d-\d\d$/],
    ['time', 'time', 0, /^\d\d:\d\d:\d\d$/],
    ['time', 'time', 3, /^\d\d:\d\d:\d\d\.\d{3}$/],
    ['bigint', undefined, 0, /^\d{10}000$/],
  ])('now, in a column of the type %s (%s) with precision %i', (column, type, precision, form) => {
    expect(String(storedDefault({ kind: 'now', precision }, column, type))).toMatch(form);
  });
});

describe('the check of an enum', () => {
  it('lets its items in and nothing else, whatever quotes they hold', () => {
    const database = new Database(':memory:');
    const items = ["it's", 'a,b', '', 'NULL', 'x\0y'];
    database.exec(`create table t ("a ""b""" text, check (${types.enumCheck('a "b"', items, false)}))`);
    const insert = database.prepare('insert into t values (?)');
    for (const item of items) expect(insert.run(item).changes).toBe(1);
    for (const other of ['its', 'a', 'null', 'x']) expect(() => insert.run(other)).toThrow('CHECK constraint failed');
    database.close();
  });

  it('cannot be stated for an array', () => {
    expect(types.enumCheck('tags', ['a'], true)).toBeUndefined();
  });
});
