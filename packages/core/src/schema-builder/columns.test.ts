import { describe, expect, it } from 'vitest';
import type { ColumnMetadata } from '../metadata/entity-metadata.js';
import type { Column } from '../model/schema.js';
import { build, capabilities, column, entity, problemsOf, reference } from './fictitious-database.fixture.js';

function built(metadata: Partial<ColumnMetadata>, options = {}): Column | undefined {
  const author = entity('Author', { columns: [column('Author.name', metadata)], primaryKey: ['name'], options });
  return build([author]).tables[0]?.columns[0];
}

describe('the type of a column', () => {
  it('is that of the database for a logical type', () => {
    expect(built({ type: { kind: 'logical', type: 'string' }, attributes: { length: 50 } })?.type).toBe('string(50)');
  });

  it('is a stated column type as it stands', () => {
    expect(built({ type: { kind: 'column-type', columnType: 'geometry' } })?.type).toBe('geometry');
  });

  it('is asked of a custom type', () => {
    const money = column('Invoice.total', { type: { kind: 'custom', key: 'Money' }, attributes: { length: 9 } });
    const invoice = entity('Invoice', { columns: [money], primaryKey: ['total'], options: { strict: true } });
    const schema = build([invoice], {
      customTypes: new Map([
        [
          'Money',
          {
            getColumnType: ({ origin, attributes }, context) =>
              `${origin} on ${context.database} ${context.columnType('decimal', { length: attributes.length })}`,
          },
        ],
      ]),
    });
    expect(schema.tables[0]?.columns[0]?.type).toBe('Invoice.total on Fictitious decimal(9) strict');
  });

  it('names a custom type that is missing', () => {
    expect(problemsOf(() => built({ type: { kind: 'custom', key: 'Money' } }))).toEqual([
      'Author.name: its custom type "Money" was not discovered',
    ]);
  });

  it('is an array of its element', () => {
    const element = { kind: 'logical', type: 'bigint' } as const;
    expect(built({ type: { kind: 'array', element } })?.type).toBe('array of bigint');
  });

  it('knows that the table is strict', () => {
    expect(built({ type: { kind: 'logical', type: 'json' } }, { strict: true })?.type).toBe('json strict');
  });
});

describe('the column of a foreign key', () => {
  it('has the type, attributes and collation of the column it references, over any number of relations', () => {
    const code = column('Country.code', {
      type: { kind: 'logical', type: 'string' },
      attributes: { length: 2 },
      collation: 'nocase',
      default: { kind: 'expression', sql: 'next()' },
    });
    const schema = build([
      entity('Street', { columns: [reference('Street.city', 'City', 'country')], primaryKey: ['city'] }),
      entity('City', { columns: [reference('City.country', 'Country', 'code')], primaryKey: ['country'] }),
      entity('Country', { columns: [code], primaryKey: ['code'] }),
    ]);
    expect(schema.tables[0]?.columns[0]).toEqual({
      name: 'city',
      type: 'string(2)',
      nullable: false,
      collation: 'nocase',
    });
  });

  it('has the type of a numbered column without numbering rows itself', () => {
    const schema = build([
      entity('Author'),
      entity('Book', { columns: [reference('Book.author', 'Author')], primaryKey: ['author'] }),
    ]);
    expect(schema.tables[1]?.columns[0]).toEqual({ name: 'author', type: 'integer counting', nullable: false });
  });

  it('keeps what it states itself', () => {
    const name = column('Author.name', { type: { kind: 'logical', type: 'string' }, attributes: { length: 50 } });
    const author = { ...reference('Book.author', 'Author', 'name'), attributes: { length: 20, scale: undefined } };
    const schema = build([
      entity('Author', { columns: [name], primaryKey: ['name'] }),
      entity('Book', { columns: [author], primaryKey: ['author'] }),
    ]);
    expect(schema.tables[1]?.columns[0]?.type).toBe('string(20)');
  });

  it('is an error in a circle of references', () => {
    const entities = [
      entity('Egg', { columns: [reference('Egg.hen', 'Hen', 'egg')], primaryKey: ['hen'] }),
      entity('Hen', { columns: [reference('Hen.egg', 'Egg', 'hen')], primaryKey: ['egg'] }),
    ];
    expect(problemsOf(() => build(entities))).toHaveLength(2);
    expect(problemsOf(() => build(entities))[0]).toContain('comes back to this one');
  });

  it('is an error when there is no such column', () => {
    const book = entity('Book', { columns: [reference('Book.author', 'Author')], primaryKey: ['author'] });
    expect(problemsOf(() => build([book]))).toEqual([
      'Book.author: it references the column "id" of Author, which does not exist',
    ]);
  });
});

describe('the default of a column', () => {
  it('is the literal of a value', () => {
    const value = { kind: 'string', value: "it's" } as const;
    expect(built({ default: { kind: 'value', value } })?.default).toBe(`${JSON.stringify(value)} as integer`);
  });

  it('is an expression as it stands', () => {
    expect(built({ default: { kind: 'expression', sql: "lower('X')" } })?.default).toBe("lower('X')");
  });

  it('is none for null', () => {
    expect(built({ default: { kind: 'value', value: { kind: 'null' } } })?.default).toBeUndefined();
  });

  it('is an error beside autoincrement', () => {
    const metadata = { autoincrement: true, default: { kind: 'expression', sql: '1' } } as const;
    expect(problemsOf(() => built(metadata))).toEqual(['Author.name: an autoincrement column can have no default']);
  });
});

describe('a generated column', () => {
  it('is read by the driver', () => {
    expect(built({ generated: 'a + b' })?.generated).toEqual({ expression: 'a + b', stored: false });
  });

  it('is an error that says what the driver cannot read', () => {
    expect(problemsOf(() => built({ generated: '' }))).toEqual(['Author.name: the expression is empty']);
  });

  it('can be an identity', () => {
    expect(built({ generated: 'identity' })).toMatchObject({ identity: 'always' });
    expect(built({ generated: 'by default as identity' })).toMatchObject({ identity: 'by default' });
  });
});

describe('what the database lacks', () => {
  it('is an error that names the property and the database', () => {
    const author = entity('Author', {
      columns: [column('Author.name', { comment: 'full', extra: 'on update', attributes: { zerofill: true } })],
      primaryKey: ['name'],
    });
    expect(problemsOf(() => build([author], { capabilities: { features: [] } }))).toEqual([
      'Author.name: Fictitious has no column comments',
      'Author.name: Fictitious has no further column attributes',
      'Author.name: Fictitious has no zero-filled columns',
    ]);
  });

  it('is no matter when it is not asked for', () => {
    const plain = { comment: '', invisible: false, attributes: { unsigned: false, zerofill: false } };
    const author = entity('Author', { columns: [column('Author.name', plain)], primaryKey: ['name'] });
    const withoutFeatures = { ...capabilities, features: [] };
    expect(build([author], { capabilities: withoutFeatures }).tables).toHaveLength(1);
  });
});
