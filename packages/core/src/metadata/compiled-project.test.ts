import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CompiledProject, createProject } from './compiled-project.fixture.js';

let project: CompiledProject;

beforeAll(() => {
  project = createProject();
}, 60_000);

afterAll(() => {
  project.remove();
});

const legacy = { experimentalDecorators: true };
const withMetadata = { ...legacy, emitDecoratorMetadata: true };

/** Two files that import each other. */
function circular(folder: string, type: string): Readonly<Record<string, string>> {
  const imports = (core: string): string =>
    `import { Entity, ManyToOne, OneToMany, PrimaryKey, type Rel } from '../${core}/index.js';`;
  return {
    [`${folder}/author.ts`]: `${imports('core')}
      import { Book } from './book.js';
      @Entity()
      export class Author {
        @PrimaryKey({ type: 'integer' }) id!: number;
        @OneToMany(() => Book, 'author') books!: object[];
        @ManyToOne(() => Book) favourite!: ${type.replace('Entity', 'Book')};
      }`,
    [`${folder}/book.ts`]: `${imports('copy')}
      import { Author } from './author.js';
      @Entity()
      export class Book {
        @PrimaryKey({ type: 'integer' }) id!: number;
        @ManyToOne(() => Author) author!: ${type.replace('Entity', 'Author')};
      }`,
  };
}

/** The tables and foreign keys that are discovered in a folder; or the mistakes. */
function discovered(folder: string): unknown {
  return project.run(`
    import { discoverEntities, DovetailError } from './core/index.js';
    import { DovetailError as OtherError } from './copy/index.js';
    const print = (value) => console.log(JSON.stringify(value));
    try {
      const { entities } = await discoverEntities({ entities: ['${folder}/*.js'] });
      print(entities.map(({ tableName, foreignKeys }) => [tableName, ...foreignKeys.map(({ target }) => target.className)]));
    } catch (error) {
      if (!(error instanceof DovetailError && error instanceof OtherError)) throw error;
      print(error.problems.map(({ what, remedy }) => [what, remedy]));
    }
  `);
}

// The author's file takes the decorators of one copy of this package, the book's those of another.
describe('two files that import each other, with decorators of two copies of this package,', () => {
  const expected = [
    ['author', 'Book'],
    ['book', 'Author'],
  ];

  test.each([
    ['with standard decorators', 'Entity', {}],
    ['with legacy decorators', 'Entity', legacy],
    ['with metadata, where the relations are of the type Rel', 'Rel<Entity>', withMetadata],
  ])('load %s', (title, type, options) => {
    const folder = title.replaceAll(/\W/g, '-');
    project.compile(circular(folder, type), options);

    expect(discovered(folder)).toEqual(expected);
  });

  test('fail with metadata, where the relations are of the type of the class, and are told what to write', () => {
    project.compile(circular('failing', 'Entity'), withMetadata);

    const problem = [
      expect.stringMatching(/^Cannot access '(Author|Book)' before initialization$/),
      expect.stringContaining('`author!: Rel<Author>`'),
    ];
    expect(discovered('failing')).toEqual([problem, problem]);
  });
});

test('a type, a default and an error of another copy of this package are known', () => {
  const result = project.run(`
    import { discoverEntities, Entity, PrimaryKey, Property } from './core/index.js';
    import { DovetailError, raw, sql, Type, UnderscoreNamingStrategy } from './copy/index.js';
    class Money extends Type {
      getColumnType() { return 'numeric(19, 4)'; }
    }
    class Strategy extends UnderscoreNamingStrategy {
      classToTableName(name) { return name.toUpperCase(); }
    }
    class Invoice {}
    PrimaryKey({ type: 'integer' })(Invoice.prototype, 'id');
    Property({ type: Money, default: raw('1 + 1') })(Invoice.prototype, 'total');
    Property({ type: 'datetime', default: sql.now() })(Invoice.prototype, 'made');
    Entity()(Invoice);
    const { entities: [entity] } = await discoverEntities({ entities: [Invoice], namingStrategy: Strategy });
    const error = await discoverEntities({ entities: [] }).catch((reason) => reason);
    const [, total, made] = entity.columns;
    console.log(JSON.stringify({
      table: entity.tableName, type: total.type, defaults: [total.default, made.default],
      known: [error instanceof DovetailError, new Error('x') instanceof DovetailError],
    }));
  `);

  expect(result).toEqual({
    table: 'INVOICE',
    type: { kind: 'custom', key: 'Money' },
    defaults: [
      { kind: 'expression', sql: '1 + 1' },
      { kind: 'value', value: { kind: 'now' } },
    ],
    known: [true, false],
  });
});
