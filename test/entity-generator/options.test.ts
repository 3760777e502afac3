import { type DovetailOptions, EntityCaseNamingStrategy } from '@dovetail/core';
import {
  type EntityGeneratorOptions,
  type GeneratedEntities,
  generateEntities,
  writeEntities,
} from '@dovetail/entity-generator';
import { ESLint } from 'eslint';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configs } from 'typescript-eslint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sqlite, type TestSite } from '../databases/index.js';
import { createWorkplace } from './workplace.js';

const script = `
  create table author (
    id integer primary key autoincrement not null,
    name varchar(80) not null constraint author_name_unique unique,
    born date,
    mentor_id integer references author (id) on delete set null
  );
  create index author_mentor_id_index on author (mentor_id);
  create table book (
    id integer primary key autoincrement not null,
    title text not null default 'untitled',
    state text not null default 'draft' constraint book_state_check check ("state" in ('draft', 'printed')),
    price numeric(10,2) not null constraint book_price_check check (price >= 0),
    author_id integer not null constraint book_writer references author (id) on delete cascade,
    editor_id integer references author (id) on delete set null
  );
  create index book_author_id_index on book (author_id);
  create index book_by_title on book (lower(title), price desc) where state = 'printed';
  create table tag (id integer primary key autoincrement not null, label text not null);
  create table book_tag (
    book_id integer not null references book (id) on delete cascade on update cascade,
    tag_id integer not null references tag (id) on delete cascade on update cascade,
    primary key (book_id, tag_id)
  );
  create index book_tag_tag_id_index on book_tag (tag_id);
  create view printed_book as select id, title from book where state = 'printed';`;

const cache = fileURLToPath(new URL('../../.cache/', import.meta.url));

let site: TestSite;

beforeAll(async () => {
  site = await sqlite.create();
  await site.runScript(script);
});

afterAll(() => site.dispose());

async function generate(
  options: EntityGeneratorOptions = {},
  init: Partial<DovetailOptions> = {},
): Promise<GeneratedEntities & { readonly sources: ReadonlyMap<string, string> }> {
  const orm = await site.init({ entities: [], discovery: { warnWhenNoEntities: false }, ...init });
  try {
    const generated = await generateEntities(orm, { format: false, ...options });
    return { ...generated, sources: new Map(generated.files.map(({ path, text }) => [path, text])) };
  } finally {
    await orm.close();
  }
}

describe('the source of entities', () => {
  test('says what the naming strategy and the types do not, and nothing else', async () => {
    const { sources, unexpressed, differences } = await generate();
    expect([...sources.keys()]).toEqual(['author.ts', 'book.ts', 'printed-book.ts', 'tag.ts']);
    expect(sources.get('book.ts')).toBe(bookSource);
    expect(sources.get('printed-book.ts')).toContain(
      "@Entity({\n  view: true,\n  expression: 'select id, title from book where state = \\'printed\\'',\n  readonly: true,\n})",
    );
    expect(unexpressed).toEqual([
      { where: 'author', what: 'unique constraint author_name_unique, which becomes a unique index' },
      { where: 'author', what: 'constraints without a name, which get one' },
      { where: 'book', what: 'constraints without a name, which get one' },
    ]);
    expect(differences).toEqual([]);
  });

  test('is stable: a second run writes nothing, and one after a change of a table writes what is about it', async () => {
    const folder = await mkdtemp(join(cache, 'stable-'));
    const changing = await sqlite.create();
    await changing.runScript(script);
    const orm = await changing.init({ entities: [], discovery: { warnWhenNoEntities: false } });
    try {
      const run = async (): Promise<readonly string[]> => {
        const paths = await writeEntities(await generateEntities(orm, { path: folder }));
        return paths.map((path) => basename(path));
      };
      expect(await run()).toEqual(['author.ts', 'book.ts', 'printed-book.ts', 'tag.ts']);
      const before = await readFile(join(folder, 'tag.ts'), 'utf8');
      expect(await run()).toEqual([]);

      await orm.connection.execute("alter table tag add column colour text not null default 'none'");
      expect(await run()).toEqual(['tag.ts']);
      const added = linesBeyond(await readFile(join(folder, 'tag.ts'), 'utf8'), before);
      expect(added).toEqual(["  @Property({ type: 'string', default: 'none' })", '  colour!: string;', '']);
    } finally {
      await changing.dispose();
      await rm(folder, { recursive: true });
    }
  });

  test("is formatted as the project's prettier has it, and clean by a linter's rules", async () => {
    const folder = await mkdtemp(join(cache, 'formatted-'));
    try {
      await writeFile(join(folder, '.prettierrc'), '{ "semi": false, "tabWidth": 4 }');
      const { files } = await generate({ path: folder, format: true });
      expect(files.find(({ path }) => path === 'tag.ts')?.text).toContain('export class Tag {\n    @PrimaryKey({');
      const linter = new ESLint({
        cwd: folder,
        overrideConfigFile: true,
        overrideConfig: [...configs.recommended, ...configs.stylistic],
      });
      for (const { text } of files) {
        const [result] = await linter.lintText(text, { filePath: join(folder, 'entity.ts') });
        expect(result?.messages).toEqual([]);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('options', () => {
  test('put all entities into one file, which a compiler takes and an update agrees with', async () => {
    const { files } = await generate({ singleFile: 'model.ts' });
    expect(files.map(({ path }) => path)).toEqual(['model.ts']);
    const workplace = createWorkplace();
    const entities = await workplace.load('single', { files });
    expect(workplace.typeErrors()).toEqual([]);
    workplace.dispose();
    const orm = await site.init({ entities });
    expect((await orm.schema.plan()).steps).toEqual([]);
  });

  test('choose how files import each other, and where decorators come from', async () => {
    const { sources } = await generate({ importSuffix: '', importFrom: '#orm' });
    expect(sources.get('tag.ts')).toContain("from '#orm';\nimport { Book } from './book';\n");
  });

  test('leave out the other sides of relations, and keep the class of a pivot table then', async () => {
    const { sources, differences } = await generate({ bidirectional: false });
    expect([...sources.keys()]).toContain('book-tag.ts');
    expect([...sources.values()].join('\n')).not.toContain('Collection');
    expect(differences).toEqual([]);
  });

  test('give the columns of foreign keys properties of their own', async () => {
    const { sources, differences } = await generate({ scalarForeignKeys: true });
    expect(sources.get('book.ts')).toContain(
      "  authorId!: number;\n\n  @ManyToOne(() => Author, { ownColumns: [], deleteRule: 'cascade', foreignKeyName: 'book_writer' })",
    );
    expect(differences).toEqual([]);
  });

  test('leave out types that a compiler writes into the program', async () => {
    const { sources } = await generate({ reflectedTypes: true });
    expect(sources.get('tag.ts')).toContain('  @PrimaryKey()\n  id!: number;\n\n  @Property()\n  label!: string;');
  });

  test('skip tables, views and columns, and say what that leaves unsaid', async () => {
    const options = { skipTables: ['author', /^tag$/], views: false, skipColumns: { book: ['price'] } };
    const { sources, unexpressed, differences } = await generate(options);
    expect([...sources.keys()]).toEqual(['book.ts', 'book-tag.ts'].sort());
    expect(sources.get('book.ts')).not.toContain('price');
    expect(unexpressed.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        'foreign key book_writer to author, which is not among the entities',
        'foreign key (tag_id) to tag, which is not among the entities',
      ]),
    );
    expect(differences).toHaveLength(3);
  });

  test('rename classes and properties', async () => {
    const { sources, differences } = await generate({
      className: ({ name }, proposed) => (name === 'author' ? 'Writer' : proposed),
      propertyName: ([column], proposed) => (column === 'born' ? 'birth date' : proposed),
    });
    expect(sources.get('writer.ts')).toContain("@Entity({ tableName: 'author' })");
    expect(sources.get('writer.ts')).toContain(
      "  @Property({ name: 'born', type: 'date', nullable: true })\n  birthDate?: string;",
    );
    expect(differences).toEqual([]);
  });

  test('adjust entities, and tell what an update would change then', async () => {
    const { sources, differences } = await generate({
      adjust: (entity) =>
        entity.className === 'Tag' ? { ...entity, options: { ...entity.options, strict: true } } : entity,
    });
    expect(sources.get('tag.ts')).toContain('@Entity({ strict: true })');
    expect(differences).toHaveLength(1);
    await expect(
      generate({ adjust: (entity) => ({ ...entity, options: { ...entity.options, repository: () => entity } }) }),
    ).rejects.toThrow('which is no plain data');
  });

  test("follow the naming strategy of the program, and leave out what it doesn't look at", async () => {
    const { sources } = await generate(
      {},
      { namingStrategy: EntityCaseNamingStrategy, schemaGenerator: { skipTables: ['book_tag'] } },
    );
    expect(sources.get('author.ts')).toContain("@Entity({ tableName: 'author' })");
    expect([...sources.keys()]).not.toContain('book-tag.ts');
    expect(sources.get('book.ts')).not.toContain('ManyToMany');
  });
});

/** The lines of a text that another one is without. */
function linesBeyond(text: string, other: string): readonly string[] {
  const left = other.split('\n');
  return text.split('\n').filter((line) => {
    const index = left.indexOf(line);
    if (index !== -1) left.splice(index, 1);
    return index === -1;
  });
}

const bookSource = `import {
  Collection,
  Entity,
  Enum,
  Index,
  ManyToMany,
  ManyToOne,
  PrimaryKey,
  Property,
  type Rel,
} from '@dovetail/sqlite';
import { Author } from './author.js';
import { Tag } from './tag.js';

@Entity()
@Index({
  name: 'book_by_title',
  columns: [{ expression: 'lower(title)' }, { name: 'price', sort: 'desc' }],
  where: 'state = \\'printed\\'',
})
export class Book {
  @PrimaryKey({ type: 'integer' })
  id!: number;

  @Property({ type: 'string', default: 'untitled' })
  title!: string;

  @Enum({ items: ['draft', 'printed'], default: 'draft' })
  state!: 'draft' | 'printed';

  @Property({ type: 'decimal', scale: 2, check: 'price >= 0' })
  price!: string;

  @ManyToOne(() => Author, { deleteRule: 'cascade', foreignKeyName: 'book_writer' })
  author!: Rel<Author>;

  @ManyToOne(() => Author, { nullable: true, index: false })
  editor?: Rel<Author>;

  @ManyToMany(() => Tag, { pivotTable: 'book_tag' })
  tags = new Collection<Tag>(this);
}
`;
