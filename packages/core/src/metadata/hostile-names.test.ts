import { expect, test } from 'vitest';
import { Check, Entity, Index, ManyToOne, OneToMany, PrimaryKey, Property } from '../decorators/index.js';
import { discover } from './discover.fixture.js';

test('names that mean something to JavaScript are names like any other', async () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'];
  const classes = names.map((name) => {
    const hostile = class {
      declare id: number;
    };
    Object.defineProperty(hostile, 'name', { value: name });
    PrimaryKey({ type: 'integer' })(hostile.prototype, '__proto__');
    Property({ type: 'string', name: 'constructor' })(hostile.prototype, 'toString');
    ManyToOne(name)(hostile.prototype, 'constructor');
    OneToMany(name, 'constructor')(hostile.prototype, 'hasOwnProperty');
    Index({ properties: ['__proto__', 'constructor'] })(hostile);
    Check({
      expression: (columns) =>
        Object.keys(columns)
          .map((property) => columns[property])
          .join('+'),
    })(hostile);
    Entity()(hostile);
    return hostile;
  });

  const metadata = await discover(classes);

  for (const name of names) {
    const entity = metadata(name);
    expect(entity.columns.map((column) => column.name)).toEqual(['__proto__', 'constructor', 'constructor___proto__']);
    expect(entity.primaryKey).toEqual(['__proto__']);
    expect(entity.foreignKeys[0]?.target).toEqual({ className: name, columns: ['__proto__'] });
    expect(entity.indexes[0]?.parts).toEqual([{ column: '__proto__' }, { column: 'constructor___proto__' }]);
  }
});

test('quotes, spaces and other alphabets stay as they are written', async () => {
  class Sample {
    declare id: number;
  }
  PrimaryKey({ type: 'integer' })(Sample.prototype, 'id');
  Property({ type: 'string', name: 'it\'s "so"' })(Sample.prototype, 'quoted');
  Property({ type: 'string' })(Sample.prototype, 'größe in 厘米');
  Entity({ tableName: 'order by; --' })(Sample);

  const sample = (await discover([Sample]))('Sample');

  expect(sample.tableName).toBe('order by; --');
  expect(sample.columns.map(({ name }) => name)).toEqual(['id', 'it\'s "so"', 'größe in 厘米']);
});
