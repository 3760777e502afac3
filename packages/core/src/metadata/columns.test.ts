import { describe, expect, test } from 'vitest';
import { Entity, Enum, Formula, PrimaryKey, Property, SerializedPrimaryKey } from '../decorators/index.js';
import { raw, sql, t, Type, type TypeContext, type TypedProperty } from '../types/index.js';
import { discoverEntities } from './discover-entities.js';
import { column, columnNames, discoverOne } from './discover.fixture.js';

describe('the type of a column', () => {
  test('is reflected, where the decorator does not say', async () => {
    @Entity()
    class Sample {
      @PrimaryKey() id!: number;
      @Property() title!: string;
      @Property() takenAt!: Date;
      @Property() sealed!: boolean;
      @Property() size!: bigint;
      @Property() content!: Buffer;
      @Property() labels!: string[];
    }

    const sample = await discoverOne(Sample);

    expect(sample.columns.map(({ name, type }) => [name, type])).toEqual([
      ['id', { kind: 'logical', type: 'integer' }],
      ['title', { kind: 'logical', type: 'string' }],
      ['taken_at', { kind: 'logical', type: 'datetime' }],
      ['sealed', { kind: 'logical', type: 'boolean' }],
      ['size', { kind: 'logical', type: 'bigint' }],
      ['content', { kind: 'logical', type: 'blob' }],
      ['labels', { kind: 'logical', type: 'array' }],
    ]);
  });

  test('is what the decorator says, before anything else', async () => {
    @Entity()
    class Sample {
      @PrimaryKey() id!: number;
      @Property({ type: t.text }) note!: string;
      @Property({ type: 'decimal', precision: 12, scale: 3 }) mass!: string;
      @Property({ type: 'vector(3)' }) direction!: number[];
      @Property({ columnType: 'varchar(7)', type: t.text }) code!: string;
      @Property({ runtimeType: 'string', length: 9, nullable: true }) nickname!: string | null;
      @Property({ type: t.integer, array: true }) readings!: number[];
    }

    const sample = await discoverOne(Sample);

    expect(column(sample, 'note').type).toEqual({ kind: 'logical', type: 'text' });
    expect(column(sample, 'mass').attributes).toMatchObject({ precision: 12, scale: 3 });
    expect(column(sample, 'direction').type).toEqual({ kind: 'type-name', name: 'vector(3)' });
    expect(column(sample, 'code').type).toEqual({ kind: 'column-type', columnType: 'varchar(7)' });
    expect(column(sample, 'nickname')).toMatchObject({
      type: { kind: 'logical', type: 'string' },
      attributes: { length: 9 },
      nullable: true,
    });
    expect(column(sample, 'readings').type).toEqual({ kind: 'array', element: { kind: 'logical', type: 'integer' } });
  });

  test('is seen in the initializer, where nothing else says', async () => {
    class Sample {
      id = 0;
      title = '';
      readonly takenAt = new Date();
    }
    PrimaryKey()(Sample.prototype, 'id');
    Property()(Sample.prototype, 'title');
    Property()(Sample.prototype, 'takenAt');
    Entity()(Sample);

    const sample = await discoverOne(Sample);

    expect(sample.columns.map(({ type }) => type)).toEqual([
      { kind: 'logical', type: 'integer' },
      { kind: 'logical', type: 'string' },
      { kind: 'logical', type: 'datetime' },
    ]);
  });

  test('may be a custom type, whose default is converted', async () => {
    class Celsius extends Type<number, string> {
      getColumnType(_property: TypedProperty, context: TypeContext): string {
        return context.columnType('decimal', { precision: 5, scale: 2 });
      }
      override convertToDatabaseValue(value: number): string {
        return value.toFixed(2);
      }
    }
    const shared = new Celsius();

    @Entity()
    class Sample {
      @PrimaryKey() id!: number;
      @Property({ type: Celsius, default: 20 }) inside!: number;
      @Property({ type: Celsius }) outside!: number;
      @Property({ type: shared }) stored!: number;
    }

    const { entities, customTypes } = await discoverEntities({ entities: [Sample] });
    const types = entities[0]?.columns.map(({ type }) => type);

    expect(types?.slice(1)).toEqual([
      { kind: 'custom', key: 'Celsius' },
      { kind: 'custom', key: 'Celsius' },
      { kind: 'custom', key: 'Celsius#2' },
    ]);
    expect(customTypes.get('Celsius')).toBeInstanceOf(Celsius);
    expect(customTypes.get('Celsius#2')).toBe(shared);
    expect(entities[0]?.columns[1]?.default).toEqual({ kind: 'value', value: { kind: 'string', value: '20.00' } });
  });
});

describe('an enum', () => {
  enum Status {
    Draft = 'draft',
    Live = 'live',
  }
  enum Level {
    Low,
    High = 300,
  }

  test('of texts is checked, of numbers is the smallest integer', async () => {
    @Entity()
    class Article {
      @PrimaryKey() id!: number;
      @Enum(() => Status) status!: Status;
      @Enum({ items: () => Level }) level!: Level;
      @Enum({ items: [1, 2] }) rank!: number;
      @Enum({ items: Status, array: true }) past!: Status[];
      @Enum({ items: () => Status, nativeEnumName: 'press.article_status' }) native!: Status;
    }

    const article = await discoverOne(Article);

    expect(column(article, 'status')).toMatchObject({
      type: { kind: 'logical', type: 'enum' },
      attributes: { items: ['draft', 'live'] },
    });
    expect(column(article, 'level').type).toEqual({ kind: 'logical', type: 'smallint' });
    expect(column(article, 'rank').type).toEqual({ kind: 'logical', type: 'tinyint' });
    expect(column(article, 'past').type).toEqual({ kind: 'logical', type: 'enumArray' });
    expect(column(article, 'native').type).toEqual({
      kind: 'native-enum',
      schema: 'press',
      name: 'article_status',
      items: ['draft', 'live'],
      array: false,
    });
    expect(article.checks.map(({ name, expression }) => [name.text, expression])).toEqual([
      ['article_status_check', { kind: 'enum', column: 'status', items: ['draft', 'live'], array: false }],
      ['article_past_check', { kind: 'enum', column: 'past', items: ['draft', 'live'], array: true }],
    ]);
  });
});

describe('a default', () => {
  test('is a value, or SQL where it says so', async () => {
    @Entity()
    class Sample {
      @PrimaryKey() id!: number;
      @Property({ default: "it's" }) text!: string;
      @Property({ default: 1.5, type: t.double }) rate!: number;
      @Property({ default: 10n }) big!: bigint;
      @Property({ default: false }) sealed!: boolean;
      @Property({ default: new Date('2020-01-02T03:04:05Z') }) since!: Date;
      @Property({ default: new Uint8Array([1, 255]) }) bytes!: Uint8Array;
      @Property({ default: { a: [1] }, type: t.json }) tree!: object;
      @Property({ default: null, nullable: true }) nothing?: string;
      @Property({ default: sql.now(3) }) at!: Date;
      @Property({ default: raw('random()') }) dice!: number;
      @Property({ defaultRaw: "lower('X')" }) lower!: string;
    }

    const sample = await discoverOne(Sample);
    const defaults = new Map(sample.columns.map((each) => [each.name, each.default]));

    expect(Object.fromEntries(defaults)).toEqual({
      id: undefined,
      text: { kind: 'value', value: { kind: 'string', value: "it's" } },
      rate: { kind: 'value', value: { kind: 'number', value: '1.5' } },
      big: { kind: 'value', value: { kind: 'number', value: '10' } },
      sealed: { kind: 'value', value: { kind: 'boolean', value: false } },
      since: { kind: 'value', value: { kind: 'date', value: '2020-01-02T03:04:05.000Z' } },
      bytes: { kind: 'value', value: { kind: 'bytes', value: '01ff' } },
      tree: { kind: 'value', value: { kind: 'json', value: '{"a":[1]}' } },
      nothing: { kind: 'value', value: { kind: 'null' } },
      at: { kind: 'value', value: { kind: 'now', precision: 3 } },
      dice: { kind: 'expression', sql: 'random()' },
      lower: { kind: 'expression', sql: "lower('X')" },
    });
  });

  test('is inferred from an initializer that gives every instance the same simple value', async () => {
    let made = 0;
    @Entity()
    class Sample {
      @PrimaryKey() id!: number;
      @Property() visits = 0;
      @Property() title = 'untitled';
      @Property() number = (made += 1);
      @Property() madeAt = Date.now();
      @Property() madeOn = new Date().toISOString();
      @Property({ type: 'string' }) nickname: string | null = null;
    }

    const sample = await discoverOne(Sample);

    expect(sample.columns.filter((each) => each.default !== undefined).map(({ name }) => name)).toEqual([
      'visits',
      'title',
    ]);
    expect(column(sample, 'nickname').nullable).toBe(true);
  });

  test('is not inferred where the option forbids it', async () => {
    @Entity()
    class Sample {
      @PrimaryKey() id!: number;
      @Property({ type: t.integer }) visits = 0;
    }

    const sample = await discoverOne(Sample, { discovery: { inferDefaultValues: false } });

    expect(column(sample, 'visits').default).toBeUndefined();
  });

  test('is not inferred where the constructor fails', async () => {
    @Entity()
    class Sample {
      @PrimaryKey() id!: number;
      @Property({ type: t.integer }) visits = 0;
      constructor(parent: { name: string }) {
        this.name = parent.name;
      }
      @Property() name: string;
    }

    expect(column(await discoverOne(Sample), 'visits').default).toBeUndefined();
  });

  test('of a version is one, or the current time', async () => {
    @Entity()
    class Sample {
      @PrimaryKey() id!: number;
      @Property({ version: true }) revision!: number;
      @Property({ version: true }) changedAt!: Date;
    }

    const sample = await discoverOne(Sample);

    expect(column(sample, 'revision').default).toEqual({ kind: 'value', value: { kind: 'number', value: '1' } });
    expect(column(sample, 'changed_at')).toMatchObject({
      attributes: { length: 0 },
      default: { kind: 'value', value: { kind: 'now', precision: 0 } },
    });
  });
});

describe('a primary key', () => {
  test('of one integer is numbered by the database', async () => {
    @Entity()
    class Numbered {
      @PrimaryKey({ columnType: 'bigint' }) id!: string;
    }
    @Entity()
    class Given {
      @PrimaryKey({ autoincrement: false }) id!: number;
    }
    @Entity()
    class Named {
      @PrimaryKey() name!: string;
    }
    @Entity()
    class Composite {
      @PrimaryKey() x!: number;
      @PrimaryKey() y!: number;
    }

    expect((await discoverOne(Numbered)).columns[0]?.autoincrement).toBe(true);
    expect((await discoverOne(Given)).columns[0]?.autoincrement).toBeUndefined();
    expect((await discoverOne(Named)).columns[0]?.autoincrement).toBeUndefined();
    const composite = await discoverOne(Composite);
    expect(composite.primaryKey).toEqual(['x', 'y']);
    expect(composite.columns.map(({ autoincrement }) => autoincrement)).toEqual([undefined, undefined]);
  });
});

describe('a property', () => {
  test('has its column under the name that it states, else under the one that the strategy makes', async () => {
    @Entity()
    class Sample {
      @PrimaryKey() id!: number;
      @Property() firstName!: string;
      @Property({ name: 'LastName' }) lastName!: string;
      @Property({ fieldName: 'e_mail' }) email!: string;
      @Property({ accessor: 'birthday' }) _birthday!: Date;
    }

    expect(columnNames(await discoverOne(Sample))).toEqual(['id', 'first_name', 'LastName', 'e_mail', 'birthday']);
  });

  test('has no column where it is computed', async () => {
    @Entity()
    class Sample {
      @PrimaryKey() id!: number;
      @SerializedPrimaryKey() key!: string;
      @Property({ persist: false }) count?: number;
      @Formula('price * quantity') total!: number;
      @Property({ formula: 'now()' }) now!: Date;
      @Property() getName(): string {
        return '';
      }
    }

    const sample = await discoverOne(Sample);

    expect(columnNames(sample)).toEqual(['id']);
    expect(sample.properties.slice(1).map(({ kind }) => kind)).toEqual(new Array(5).fill('not-persisted'));
  });

  test('keeps what concerns its column alone', async () => {
    @Entity()
    class Sample {
      @PrimaryKey({ unsigned: true }) id!: number;
      @Property({
        previousName: 'name',
        comment: 'as printed',
        collation: 'nocase',
        charset: 'latin1',
        extra: 'on update now()',
        invisible: true,
        zerofill: true,
        ignoreSchemaChanges: ['type'],
      })
      title!: string;
      @Property({ generated: (columns) => `(lower(${columns.title ?? ''})) stored` }) lower!: string;
    }

    const sample = await discoverOne(Sample);

    expect(column(sample, 'id').attributes.unsigned).toBe(true);
    expect(column(sample, 'title')).toMatchObject({
      previousName: 'name',
      comment: 'as printed',
      collation: 'nocase',
      charset: 'latin1',
      extra: 'on update now()',
      invisible: true,
      attributes: { zerofill: true },
      ignoreSchemaChanges: ['type'],
    });
    expect(column(sample, 'lower').generated).toBe('(lower(title)) stored');
  });
});
