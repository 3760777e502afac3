import { describe, expect, it } from 'vitest';
import { DovetailError } from '../errors.js';
import { build, column, driver, entity, enumCheck, index, problemsOf } from './fictitious-database.fixture.js';

const status = column('Author.status', {
  type: { kind: 'logical', type: 'enum' },
  attributes: { items: ['new', 'old'] },
});

describe('a table', () => {
  it('carries all that the entity says', () => {
    const author = entity('Author', {
      previousName: 'writer',
      columns: [column('Author.id', { previousName: 'key', ignoreSchemaChanges: ['type'], autoincrement: true })],
      options: { engine: 'steam' },
      triggers: [{ name: 'audit', timing: 'after', events: [{ kind: 'insert' }], forEach: 'row', body: 'log()' }],
    });
    expect(build([author])).toEqual({
      namespaces: [],
      enums: [],
      views: [],
      tables: [
        {
          name: 'author',
          previousName: 'writer',
          columns: [
            {
              name: 'id',
              previousName: 'key',
              type: 'integer counting',
              nullable: false,
              autoincrement: true,
              ignoreSchemaChanges: ['type'],
            },
          ],
          primaryKey: { columns: ['id'] },
          uniques: [],
          indexes: [],
          foreignKeys: [],
          checks: [],
          exclusions: [],
          triggers: [
            {
              name: 'audit',
              timing: 'after',
              events: [{ kind: 'insert' }],
              forEach: 'row',
              body: 'log()',
              managed: true,
            },
          ],
          options: { strict: false, engine: 'steam' },
          unmodelled: [],
        },
      ],
    });
  });

  it('has none of the options that the database lacks', () => {
    const author = entity('Author', { options: { unlogged: true, tablespace: undefined } });
    expect(problemsOf(() => build([author]))).toEqual(['Author: Fictitious has no `unlogged` of tables']);
  });

  it('says nothing about an option that the database lacks and the entity does not ask for', () => {
    const author = entity('Author', { options: { unlogged: false } });
    expect(build([author]).tables[0]?.options).toEqual({ strict: false });
  });

  it('needs a column', () => {
    const author = entity('Author', { columns: [], primaryKey: [] });
    expect(problemsOf(() => build([author]))).toEqual(['Author: a table needs at least one column']);
  });

  it('has columns of different names, as the database reads names', () => {
    const author = entity('Author', { columns: [column('Author.id'), column('Author.ID')] });
    expect(problemsOf(() => build([author]))).toEqual([
      'Author.ID: for Fictitious, its column "ID" is the column "id" of Author.id',
    ]);
  });

  it('is the table of one entity', () => {
    const entities = [entity('Author'), entity('Writer', { tableName: 'AUTHOR' })];
    expect(problemsOf(() => build(entities))).toEqual([
      'Writer: for Fictitious, its table "AUTHOR" is the table of Author',
    ]);
  });

  it('has no name beyond the limit', () => {
    const tableName = 'a_table_name_of_more_than_thirty_characters';
    expect(problemsOf(() => build([entity('Author', { tableName })]))[0]).toContain('longer than the 30 characters');
  });

  it('is looked at by the driver', () => {
    const validate = (): readonly [{ where: string; what: string; remedy: string }] => [
      { where: 'author', what: 'no', remedy: '' },
    ];
    const strictDriver = { ...driver, types: { ...driver.types, validate } };
    expect(problemsOf(() => build([entity('Author')], { driver: strictDriver }))).toEqual(['author: no']);
  });
});

describe('an enum of strings', () => {
  const author = entity('Author', {
    columns: [status],
    checks: [enumCheck('Author.status', 'status', ['new', 'old'])],
  });

  it('is a check where the database has no enum columns', () => {
    expect(build([author]).tables[0]?.checks).toEqual([{ name: 'status_check', expression: 'status in new|old' }]);
  });

  it('is a column type where the database has them', () => {
    const [table] = build([author], { capabilities: { enumAs: 'column-type' } }).tables;
    expect(table?.checks).toEqual([]);
    expect(table?.columns[0]?.type).toBe('enum [new|old]');
  });

  it('keeps its check where the column has another type', () => {
    const typed = {
      ...author,
      columns: [{ ...status, type: { kind: 'column-type', columnType: 'char(3)' } as const }],
    };
    expect(build([typed], { capabilities: { enumAs: 'column-type' } }).tables[0]?.checks).toHaveLength(1);
  });
});

describe('a native enum', () => {
  const mood = (origin: string, items: readonly string[]): ReturnType<typeof column> =>
    column(origin, { type: { kind: 'native-enum', schema: 'shop', name: 'mood', items, array: false } });

  it('is made once for all its columns', () => {
    const schema = build([
      entity('Author', { columns: [mood('Author.id', ['sad', 'happy'])] }),
      entity('Book', { columns: [mood('Book.id', ['sad', 'happy'])] }),
    ]);
    expect(schema.enums).toEqual([{ schema: 'shop', name: 'mood', items: ['sad', 'happy'] }]);
    expect(schema.namespaces).toEqual(['shop']);
    expect(schema.tables[1]?.columns[0]?.type).toBe('<shop>.<mood>');
  });

  it('has the same items everywhere', () => {
    const entities = [
      entity('Author', { columns: [mood('Author.id', ['sad', 'happy'])] }),
      entity('Book', { columns: [mood('Book.id', ['happy', 'sad'])] }),
    ];
    expect(problemsOf(() => build(entities))).toEqual([
      'Book.id: the enum type shop.mood has other items or hints here than in Author.id',
    ]);
  });
});

describe('a namespace', () => {
  const entities = [
    entity('Author'),
    entity('Book', { schema: 'shop' }),
    entity('Shelf', { schema: 'main' }),
    entity('Tenant', { schema: '*' }),
  ];

  it('is not written where it is the default one, and wildcard entities wait for one', () => {
    const schema = build(entities, { options: { defaultSchema: 'main' } });
    expect(schema.tables.map(({ schema: namespace, name }) => [namespace, name])).toEqual([
      [undefined, 'author'],
      ['shop', 'book'],
      [undefined, 'shelf'],
    ]);
    expect(schema.namespaces).toEqual(['shop']);
  });

  it('can be the only one that is looked at', () => {
    const schema = build(entities, { options: { defaultSchema: 'main', schema: 'shop' } });
    expect(schema.tables.map(({ schema: namespace, name }) => [namespace, name])).toEqual([
      ['shop', 'book'],
      ['shop', 'tenant'],
    ]);
  });

  it('is an error where the database has none', () => {
    const run = (): unknown => build([entity('Book', { schema: 'shop' })], { capabilities: { features: [] } });
    expect(problemsOf(run)).toEqual(['Book: Fictitious has no schemas']);
  });
});

describe('a view', () => {
  const bestsellers = entity('Bestseller', {
    kind: 'view',
    view: { definition: 'select 1 as id', materialized: false },
    primaryKey: [],
  });

  it('has a query and no table', () => {
    const schema = build([bestsellers]);
    expect(schema.tables).toEqual([]);
    expect(schema.views).toEqual([{ name: 'bestseller', definition: 'select 1 as id' }]);
  });

  it('has indexes when it is materialized', () => {
    const materialized = {
      ...bestsellers,
      view: { definition: 'select 1 as id', materialized: true, withData: false },
      indexes: [index('Bestseller.id', ['id'], { unique: true })],
    };
    expect(build([materialized]).views).toEqual([
      {
        name: 'bestseller',
        definition: 'select 1 as id',
        materialized: true,
        withData: false,
        indexes: [{ name: 'id_unique', unique: true, parts: [{ column: 'id' }] }],
      },
    ]);
    expect(problemsOf(() => build([{ ...materialized, view: bestsellers.view }]))).toEqual([
      'Bestseller: a view that is not materialized has no indexes',
    ]);
  });

  it('has nothing else of what a table has', () => {
    const view = {
      ...bestsellers,
      previousName: 'hits',
      options: { strict: true },
      checks: [{ ...enumCheck('Bestseller', 'id', ['1']), expression: { kind: 'expression', sql: 'id > 1' } as const }],
      exclusions: [{ origin: 'Bestseller', name: { text: 'apart', explicit: true }, definition: 'using gist (id)' }],
    };
    expect(problemsOf(() => build([view]))).toEqual([
      'Bestseller: a view has no checks',
      'Bestseller: a view has no exclusion constraints',
      'Bestseller: a view has no options of tables',
      'Bestseller: a view is made anew under its new name, and needs no `previousName`',
    ]);
  });

  it('is not made of a virtual entity', () => {
    expect(build([entity('Report', { kind: 'virtual' })])).toMatchObject({ tables: [], views: [] });
  });
});

describe('the error', () => {
  it('tells the problems of all entities at once', () => {
    const entities = [entity('Author', { comment: 'people' }), entity('Book', { columns: [], primaryKey: [] })];
    expect(problemsOf(() => build(entities))).toEqual([
      'Author: Fictitious has no table comments',
      'Book: a table needs at least one column',
    ]);
  });

  it('says by its code whether the database lacks something', () => {
    expect(() => build([entity('Author', { comment: 'people' })])).toThrow(
      expect.objectContaining({ code: 'unsupported-feature' }),
    );
    expect(() => build([entity('Book', { columns: [] })])).toThrow(DovetailError);
    expect(() => build([entity('Book', { columns: [] })])).toThrow(
      expect.objectContaining({ code: 'invalid-metadata' }),
    );
  });
});
