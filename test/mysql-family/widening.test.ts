import { Entity, PrimaryKey, Property, type EntityClass } from '@dovetail/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mariadb, mysql, type TestSite } from '../databases/index.js';

/** Types, each with its extreme values, and those that hold all of them as they are. */
const widenings: readonly { from: string; extremes: readonly string[]; to: readonly string[] }[] = [
  { from: 'tinyint', extremes: ['-128', '127'], to: ['smallint', 'bigint', 'decimal(3,0)', 'decimal(5,2)'] },
  { from: 'smallint unsigned', extremes: ['0', '65535'], to: ['mediumint', 'int unsigned', 'decimal(5,0) unsigned'] },
  { from: 'bigint', extremes: ['-9223372036854775808', '9223372036854775807'], to: ['decimal(19,0)'] },
  { from: 'decimal(4,2)', extremes: ['-99.99', '99.99'], to: ['decimal(6,2)', 'decimal(6,4)'] },
  { from: 'float', extremes: ['-0.5', '16777216'], to: ['double'] },
  { from: 'char(3)', extremes: ["'日本語'", "'a'"], to: ['char(5)', 'varchar(3)'] },
  { from: 'varchar(20)', extremes: ["repeat('😀', 20)", "'a '"], to: ['varchar(300)', 'tinytext', 'longtext'] },
  { from: 'tinytext', extremes: ["repeat('a', 255)"], to: ['text', 'mediumtext', 'longtext'] },
  { from: 'binary(2)', extremes: ["x'0000'", "x'ff20'"], to: ['varbinary(2)', 'varbinary(9)'] },
  { from: "enum('b','a')", extremes: ["'a'", "'b'"], to: ["enum('c','a','b')"] },
  { from: 'year', extremes: ['1901', '2155'], to: ['smallint', 'int unsigned'] },
  { from: 'date', extremes: ["'1000-01-01'", "'9999-12-31'"], to: ['datetime', 'datetime(6)'] },
  { from: 'datetime(3)', extremes: ["'9999-12-31 23:59:59.999'"], to: ['datetime(6)'] },
  { from: 'time(1)', extremes: ["'-838:59:58.9'", "'838:59:58.9'"], to: ['time(6)'] },
  { from: 'timestamp', extremes: ["'2038-01-19 03:14:07'"], to: ['timestamp(3)', 'datetime(3)'] },
];

/** Types that look wider, and one value that tells them apart. */
const narrowings: readonly { from: string; value: string; to: string }[] = [
  { from: 'int unsigned', value: '4294967295', to: 'int' },
  { from: 'smallint', value: '-1', to: 'bigint unsigned' },
  { from: 'decimal(4,0)', value: '9999', to: 'decimal(5,2)' },
  { from: 'decimal(4,2)', value: '0.01', to: 'decimal(6,1)' },
  { from: 'varchar(100)', value: "repeat('😀', 100)", to: 'tinytext' },
  { from: "enum('a','b')", value: "'a'", to: "enum('b','c','d')" },
  { from: 'datetime(6)', value: "'2024-02-29 00:00:00.000001'", to: 'datetime(3)' },
];

/** The other column keeps what the values were. */
function item(columnType: string, before = columnType): EntityClass {
  class Item {
    @PrimaryKey({ type: 'integer' }) declare id: number;
    @Property({ columnType }) declare value: unknown;
    @Property({ columnType: before }) declare kept: unknown;
  }
  Entity({ tableName: 'item' })(Item);
  return Item;
}

describe.each([mysql, mariadb])('a type that is changed on $name', ({ create }) => {
  let site: TestSite;
  beforeEach(async () => {
    site = await create();
  });
  afterEach(() => site.dispose());

  const fill = async (type: string, values: readonly string[]): Promise<void> => {
    await (await site.init({ entities: [item(type)] })).schema.updateSchema();
    await site.connection.execute(
      `insert into item (value, kept) values ${values.map((value) => `(${value}, ${value})`).join(', ')}`,
    );
  };
  test.each(widenings)('to one that holds all of $from asks nothing of the rows', async ({ from, extremes, to }) => {
    for (const type of to) {
      await fill(from, extremes);
      const orm = await site.init({ entities: [item(type, from)] });

      const plan = await orm.schema.plan();
      expect(plan.steps.flatMap(({ prechecks }) => prechecks)).toEqual([]);
      await orm.schema.apply(plan);

      const same = 'value <=> kept and length(value) >= length(kept)';
      expect(await site.connection.query(`select * from item where not (${same})`)).toEqual([]);
      await orm.schema.dropSchema();
    }
  });

  test.each(narrowings)('from $from to $to is refused for $value', async ({ from, value, to }) => {
    await fill(from, [value]);
    const orm = await site.init({ entities: [item(to, from)] });
    await expect(orm.schema.updateSchema()).rejects.toThrow('1 row holds a value');
  });
});
