import {
  Check,
  Entity,
  Enum,
  Index,
  ManyToOne,
  PrimaryKey,
  Property,
  Unique,
  type DovetailBase,
  type EntityClass,
  type Plan,
} from '@dovetail/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mariadb, mysql, type TestSite } from '../databases/index.js';

let site: TestSite;

afterEach(() => site.dispose());

/** Makes the database fit the entities, and says how; the next plan must be empty. */
async function update(entities: readonly EntityClass[], allow: readonly 'data-loss'[] = []): Promise<Plan> {
  const orm: DovetailBase = await site.init({ entities });
  const plan = await orm.schema.updateSchema({ allow });
  expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
  return plan;
}

async function query(sql: string): Promise<unknown[]> {
  return [...(await site.connection.query(sql))];
}

describe.each([mysql, mariadb])('$name', ({ create }) => {
  beforeEach(async () => {
    site = await create();
  });

  test('a renamed column keeps what it does on update, its comment and its values', async () => {
    class Before {
      @PrimaryKey({ type: 'integer' }) declare id: number;
      @Property({
        columnType: 'datetime(3)',
        defaultRaw: 'now(3)',
        extra: 'on update current_timestamp(3)',
        comment: 'c',
      })
      declare changed: Date;
    }
    Entity({ tableName: 'log' })(Before);
    class After {
      @PrimaryKey({ type: 'integer' }) declare id: number;
      @Property({
        columnType: 'datetime(3)',
        defaultRaw: 'now(3)',
        extra: 'on update current_timestamp(3)',
        comment: 'c',
        previousName: 'changed',
      })
      declare touched: Date;
    }
    Entity({ tableName: 'log' })(After);
    await update([Before]);
    await query("insert into log (changed) values ('2020-01-01 00:00:00.5')");
    const plan = await update([After]);
    expect(plan.steps.map(({ sql }) => sql)).toEqual(['alter table `log` rename column `changed` to `touched`']);
    expect(await query('select touched from log')).toEqual([{ touched: '2020-01-01 00:00:00.500' }]);
  });

  test('a column that a generated column, a check, an index and a foreign key use is renamed', async () => {
    class Owner {
      @PrimaryKey({ type: 'integer' }) declare id: number;
    }
    Entity({ tableName: 'owner' })(Owner);
    class Before {
      @PrimaryKey({ type: 'integer' }) declare id: number;
      @Property({ type: 'integer', index: true }) declare amount: number;
      @Property({ type: 'integer', nullable: true, generated: 'amount * 2' }) declare twice: number;
      @ManyToOne({ entity: () => Owner, fieldName: 'owner_id' }) declare owner: Owner;
    }
    Check({ name: 'amount_positive', expression: 'amount > 0' })(Before);
    Entity({ tableName: 'item' })(Before);
    class After {
      @PrimaryKey({ type: 'integer' }) declare id: number;
      @Property({ type: 'integer', index: true, previousName: 'amount' }) declare quantity: number;
      @Property({ type: 'integer', nullable: true, generated: 'quantity * 2' }) declare twice: number;
      @ManyToOne({ entity: () => Owner, fieldName: 'holder_id', previousName: 'owner_id' }) declare owner: Owner;
    }
    Check({ name: 'amount_positive', expression: 'quantity > 0' })(After);
    Entity({ tableName: 'item' })(After);
    await update([Owner, Before]);
    await query('insert into owner values (7)');
    await query('insert into item (amount, owner_id) values (3, 7)');
    await update([Owner, After]);
    expect(await query('select quantity, twice, holder_id from item')).toEqual([
      { quantity: 3, twice: 6, holder_id: 7 },
    ]);
  });

  // Beside a check of most of these, MySQL copies a table for the rename, and renames no column of a foreign key then.
  test.each(['mediumblob', 'longtext', 'text', "enum('a','b')", "set('a','b')", 'timestamp(3)', 'time', 'json'])(
    'a column of a foreign key is renamed beside a check of %s',
    async (columnType) => {
      const entity = (fieldName: string): EntityClass => {
        class Person {
          @PrimaryKey({ type: 'integer' }) declare id: number;
          @Property({ columnType, nullable: true }) declare value: unknown;
          @ManyToOne({ entity: () => Person, nullable: true, fieldName }) declare parent: Person;
        }
        Check({ name: 'value_check', expression: 'value is null or value is not null' })(Person);
        Entity({ tableName: 'person' })(Person);
        return Person;
      };
      await update([entity('parent_id')]);
      await query('insert into person (id, parent_id) values (1, null), (2, 1)');
      await update([entity('mother_id')]);
      expect(await query('select id, mother_id from person order by id')).toEqual([
        { id: 1, mother_id: null },
        { id: 2, mother_id: 1 },
      ]);
    },
  );

  test('a primary key becomes a numbered one, and a composite one again', async () => {
    class Composite {
      @PrimaryKey({ type: 'integer', autoincrement: false, unsigned: true }) declare a: number;
      @PrimaryKey({ type: 'integer' }) declare b: number;
    }
    Entity({ tableName: 'keyed' })(Composite);
    class Numbered {
      @PrimaryKey({ type: 'integer' }) declare a: number;
      @Property({ type: 'integer' }) declare b: number;
    }
    Entity({ tableName: 'keyed' })(Numbered);
    await update([Composite]);
    await query('insert into keyed values (1, 5), (2, 5)');
    await update([Numbered]);
    await query('insert into keyed (b) values (6)');
    await update([Composite]);
    expect(await query('select a, b from keyed order by a')).toEqual([
      { a: 1, b: 5 },
      { a: 2, b: 5 },
      { a: 3, b: 6 },
    ]);
  });

  test('the type of a key changes on both sides of a foreign key', async () => {
    const entities = (type: 'integer' | 'bigint'): EntityClass[] => {
      class Parent {
        @PrimaryKey({ type }) declare id: number;
      }
      Entity({ tableName: 'parent' })(Parent);
      class Child {
        @PrimaryKey({ type: 'integer' }) declare id: number;
        @ManyToOne({ entity: () => Parent }) declare parent: Parent;
      }
      Entity({ tableName: 'child' })(Child);
      return [Parent, Child];
    };
    await update(entities('integer'));
    await query('insert into parent values (1), (2)');
    await query('insert into child (parent_id) values (2)');
    await update(entities('bigint'));
    await update(entities('integer'));
    expect(await query('select parent_id from child')).toEqual([{ parent_id: 2 }]);
  });

  test('forty changes of a table are one statement', async () => {
    const numbers = Array.from({ length: 10 }, (_, index) => index);
    const entity = (isAfter: boolean): EntityClass => {
      class Wide {
        @PrimaryKey({ type: 'integer' }) declare id: number;
      }
      const { prototype } = Wide;
      for (const number of numbers) {
        Property({ type: 'string', length: isAfter ? 60 : 50 })(prototype, `altered${number}`);
        if (isAfter) Property({ type: 'integer', nullable: true })(prototype, `added${number}`);
        else Property({ type: 'string' })(prototype, `dropped${number}`);
        if (isAfter) Index({ name: `index${number}`, properties: [`altered${number}`] })(Wide);
      }
      Entity({ tableName: 'wide' })(Wide);
      return Wide;
    };
    await update([entity(false)]);
    const { steps } = await update([entity(true)]);
    expect(steps.map(({ changes }) => changes.length)).toEqual([40]);
  });

  test('names of 64 characters, with backticks and every letter', async () => {
    const longest = 'ü`n'.padEnd(64, '`x');
    class Odd {
      @PrimaryKey({ type: 'integer' }) declare id: number;
      @Property({ type: 'string', fieldName: longest, index: longest }) declare value: string;
      @Enum({ items: ['a,b', "it's", 'back\\slash', '☺', '"'], default: "it's" }) declare kind: string;
    }
    Entity({ tableName: `t${longest.slice(1)}`, comment: 'a \'comment\' \\ with "quotes"\n' })(Odd);
    await update([Odd]);
  });

  test('a key that a foreign key needs is replaced by a wider one', async () => {
    class Parent {
      @PrimaryKey({ type: 'integer' }) declare id: number;
    }
    Entity({ tableName: 'parent' })(Parent);
    const child = (isWide: boolean): EntityClass => {
      class Child {
        @PrimaryKey({ type: 'integer' }) declare id: number;
        @ManyToOne({ entity: () => Parent }) declare parent: Parent;
        @Property({ type: 'integer' }) declare position: number;
      }
      if (isWide) Unique({ properties: ['parent', 'position'] })(Child);
      Entity({ tableName: 'child' })(Child);
      return Child;
    };
    await update([Parent, child(false)]);
    await update([Parent, child(true)]);
    await update([Parent, child(false)]);
  });

  test('a generated column becomes stored, plain and virtual, with its index', async () => {
    const entity = (generated: string | undefined): EntityClass => {
      class Item {
        @PrimaryKey({ type: 'integer' }) declare id: number;
        @Property({ type: 'integer', nullable: true }) declare amount: number;
        @Property({ type: 'integer', nullable: true, index: true, ...(generated && { generated }) })
        declare twice: number;
      }
      Entity({ tableName: 'item' })(Item);
      return Item;
    };
    await update([entity('amount * 2 virtual')]);
    await query('insert into item (amount) values (4)');
    await update([entity('(amount * 2) stored')]);
    await update([entity(undefined)]);
    expect(await query('select twice from item')).toEqual([{ twice: 8 }]);
    await expect(update([entity('(amount * 3) virtual')])).rejects.toThrow('1 row holds a value');
    await update([entity('(amount * 3) virtual')], ['data-loss']);
    expect(await query('select twice from item')).toEqual([{ twice: 12 }]);
  });

  test('a column gets another collation, and a check that states a third', async () => {
    const entity = (collation: string, expression: string): EntityClass => {
      class Word {
        @PrimaryKey({ type: 'integer' }) declare id: number;
        @Property({ type: 'string', nullable: true, collation }) declare text: string;
      }
      Check({ name: 'word_check', expression })(Word);
      Entity({ tableName: 'word' })(Word);
      return Word;
    };
    await update([entity('utf8mb4_bin', `text <> 'x'`)]);
    await query(`insert into word (text) values ('a'), ('X'), (null)`);
    await update([entity('utf8mb4_general_ci', `text <> 'x' collate utf8mb4_bin`)]);
    const refusal = update([entity('utf8mb4_unicode_ci', `text <> 'x'`)]);
    await expect(refusal).rejects.toThrow('word.word_check: 1 row');
    expect(await query('select text from word order by id')).toEqual([{ text: 'a' }, { text: 'X' }, { text: null }]);
  });

  test('a collation by which values of a unique key are alike is refused', async () => {
    const entities = (collation: string, length: number): EntityClass[] => {
      class Word {
        @PrimaryKey({ type: 'integer' }) declare id: number;
        @Property({ type: 'string', collation }) declare text: string;
        @Property({ type: 'string', nullable: true, length }) declare other: string;
      }
      Unique({ properties: 'text' })(Word);
      Entity({ tableName: 'word' })(Word);
      class Code {
        @PrimaryKey({ type: 'string', length: 20, collation }) declare code: string;
      }
      Entity({ tableName: 'code' })(Code);
      return [Word, Code];
    };
    await update(entities('utf8mb4_bin', 20));
    await query(`insert into word (id, text) values (1, 'a'), (2, 'A'), (3, 'b')`);
    await query(`insert into code values ('x'), ('X'), ('y')`);
    const catalog = await site.introspect();

    const refusal = update(entities('utf8mb4_general_ci', 30));
    await expect(refusal).rejects.toThrow(/code primary key: 2 rows share a value[^]*word.*: 2 rows share a value/);
    expect(await site.introspect()).toEqual(catalog);

    await query(`delete from word where id = 2`);
    await query(`delete from code where code = 'X'`);
    await update(entities('utf8mb4_general_ci', 30));
  });

  test("a table's collation changes with the columns that inherit it", async () => {
    const entity = (collation: string): EntityClass => {
      class Text {
        @PrimaryKey({ type: 'integer' }) declare id: number;
        @Property({ type: 'string' }) declare inherits: string;
        @Property({ type: 'string', collation: 'utf8mb4_bin' }) declare own: string;
      }
      Entity({ tableName: 'texts', charset: 'utf8mb4', collation })(Text);
      return Text;
    };
    await update([entity('utf8mb4_general_ci')]);
    await update([entity('utf8mb4_bin')]);
    await update([entity('utf8mb4_unicode_ci')]);
  });
});

describe.each([mysql, mariadb])('what would not fit on $name', ({ create }) => {
  beforeEach(async () => {
    site = await create();
  });

  const cases: readonly (readonly [before: string, after: string, values: string, message: string])[] = [
    [
      'varchar(20)',
      'varchar(5)',
      `('short'), ('much longer'), ('even longer')`,
      '2 rows hold a value that is too long',
    ],
    ['text', 'varchar(3)', `('abcd')`, '1 row holds a value that is too long'],
    ['int', 'smallint', `(1), (40000), (-40000)`, '2 rows hold a value that is out of the range'],
    ['int', 'int unsigned', `(-1), (1)`, '1 row holds a value that is out of the range'],
    ['bigint', 'int', `(3000000000)`, '1 row holds a value that is out of the range'],
    ['varchar(20)', 'int', `('12'), ('twelve'), ('1.5')`, 'no int'],
    ["enum('x','7')", 'int', `('x'), ('7')`, '1 row holds a value that is no int'],
    ["enum('7','10')", 'decimal(2,1)', `('7'), ('10')`, '1 row holds a value that is out of the range'],
    ['int', "enum('1','7')", `(7), (8)`, '1 row holds a value that is no item'],
    ['decimal(10,2)', 'decimal(5,1)', `(1.5), (99999.5), (1.25)`, '1 row holds a value that would not be the same'],
    ['decimal(10,2)', 'int', `(1.5), (2)`, '1 row holds a value that would not be the same as int'],
    ["enum('a','b','c')", "enum('a','c')", `('a'), ('b'), ('b')`, '2 rows hold a value that is no item'],
    ["set('a','b','c')", "set('a','c')", `('a,b'), ('c'), ('b')`, '2 rows hold a value that is no item'],
    ['datetime(3)', 'datetime', `('2020-01-01 00:00:00.5'), ('2020-01-01')`, '1 row holds a value that would not be'],
    [
      'datetime',
      'date',
      `('2020-01-01 10:00:00'), ('2020-01-01')`,
      '1 row holds a value that would not be the same as date',
    ],
    ['varchar(20)', 'date', `('2020-01-01'), ('someday')`, '1 row holds a value that is no date'],
    ['varchar(20)', 'json', `('{}'), ('{')`, '1 row holds a value that is not valid as JSON'],
    ['double', 'float', `(0.1), (0.5)`, '1 row holds a value that would not be the same as float'],
    ['bigint', 'double', `(9007199254740993), (1)`, '1 row holds a value that would not be the same as double'],
    ['float', 'varchar(20)', `(16777217), (0.1)`, '1 row holds a value that would not be the same as varchar(20)'],
    ['date', 'time', `('2024-01-02')`, '1 row holds a value that would not be the same as time'],
    ['datetime', 'time', `('2024-01-02 10:11:12')`, '1 row holds a value that would not be the same as time'],
    ['time', 'datetime', `('-100:00:00')`, '1 row holds a value that would not be the same as datetime'],
    ['datetime(6)', 'datetime(3)', `('2024-01-02 10:11:12.123456')`, 'would not be the same as datetime(3)'],
    ['datetime', 'timestamp', `('2500-01-01'), ('1969-01-01'), ('2020-01-01')`, '2 rows hold a value that is out of'],
    ['varchar(20)', 'date', `('10:11:12'), ('2024-01-02')`, '1 row holds a value that would not be the same as date'],
    ['varchar(20)', 'time', `('12'), ('10:11:12')`, '1 row holds a value that would not be the same as time'],
    ['varchar(20)', 'decimal(9,2)', `('007'), ('1.5')`, '1 row holds a value that would not be the same as decimal'],
    ['int', 'year', `(99), (2024)`, '1 row holds a value that would not be the same as year'],
    ['int', 'year', `(-5), (2024)`, '1 row holds a value that is out of the range of year'],
    ['varchar(20)', 'year', `('12'), ('2024')`, '1 row holds a value that is no year'],
    ['decimal(9,3)', 'bit(8)', `(12.345), (12)`, '1 row holds a value that would not be the same as bit(8)'],
    ['varchar(20)', 'char(9)', `('abc '), ('abc')`, '1 row holds a value that would not be the same as char(9)'],
    ['varchar(20)', "enum('A','b')", `('A '), ('A')`, '1 row holds a value that is no item'],
    ['varchar(20)', "enum('a')", `('A'), ('a')`, '1 row holds a value that is no item'],
    ["enum('A')", "enum('a')", `('A')`, '1 row holds a value that is no item'],
    ['varchar(20) collate utf8mb4_unicode_ci', "enum('e','b')", `('É'), ('e')`, '1 row holds a value that is no item'],
    ['varchar(20)', "set('x','y')", `('x,y'), ('y,x'), ('x,z')`, '2 rows hold a value that is no list of items'],
    ['varbinary(9)', 'varchar(9)', `(x'ff'), ('a')`, '1 row holds a value that is no text of utf8mb4'],
    ['binary(2)', 'binary(4)', `('ab')`, '1 row holds a value that would not be the same as binary(4)'],
    ['json', 'int', `('"a"'), ('12')`, '1 row holds a value that is no int'],
    ['json', 'date', `('{"a": 1}')`, '1 row holds a value that is no date'],
    ['date', 'json', `('2024-01-02')`, '1 row holds a value that is not valid as JSON'],
    ['blob', 'json', `('{}')`, '1 row holds a value that is no json'],
  ];

  test.each(cases)('%s to %s', async (before, after, values, message) => {
    const entity = (columnType: string): EntityClass => {
      class Item {
        @PrimaryKey({ type: 'integer' }) declare id: number;
        @Property({ columnType, nullable: true }) declare value: unknown;
      }
      Entity({ tableName: 'item' })(Item);
      return Item;
    };
    await update([entity(before)]);
    await query(`insert into item (value) values ${values}`);
    const [catalog, rows] = [await site.introspect(), await query('select * from item')];
    await expect(update([entity(after)])).rejects.toThrow(message);
    expect([await site.introspect(), await query('select * from item')]).toEqual([catalog, rows]);
  });

  test('texts that a character set does not hold', async () => {
    const entity = (charset: string): EntityClass => {
      class Item {
        @PrimaryKey({ type: 'integer' }) declare id: number;
        @Property({ type: 'string', charset }) declare value: string;
      }
      Entity({ tableName: 'item' })(Item);
      return Item;
    };
    await update([entity('utf8mb4')]);
    await query(`insert into item (value) values ('plain'), ('é'), ('日本')`);
    await expect(update([entity('latin1')])).rejects.toThrow('1 row holds a value that is no text of latin1');
  });

  test('nulls, and values that are not unique', async () => {
    const entity = (isStrict: boolean): EntityClass => {
      class Item {
        @PrimaryKey({ type: 'integer' }) declare id: number;
        @Property({ type: 'string', nullable: !isStrict }) declare name: string;
        @Property({ type: 'string', unique: isStrict }) declare code: string;
      }
      Entity({ tableName: 'item' })(Item);
      return Item;
    };
    await update([entity(false)]);
    await query(`insert into item (name, code) values (null, 'a'), (null, 'a'), ('x', 'b'), ('y', 'B')`);
    const refusal = update([entity(true)]);
    await expect(refusal).rejects.toThrow('2 rows hold null');
    await expect(refusal).rejects.toThrow('2 rows share a value');
  });

  test.each(["hex(number) <> 'AB'", "sha2(number, 256) <> ''", "cast(number as char) <> 'x'"])(
    'a check of a text that a function makes of rows that exist: %s',
    async (check) => {
      const entity = (checked?: string): EntityClass => {
        class Item {
          @PrimaryKey({ type: 'integer' }) declare id: number;
          @Property({ type: 'integer', check: checked }) declare number: number;
        }
        Entity({ tableName: 'item' })(Item);
        return Item;
      };
      await update([entity()]);
      await query(`insert into item (number) values (7)`);
      await update([entity(check)]);
      expect(await query('select id from item')).toHaveLength(1);
    },
  );
});
