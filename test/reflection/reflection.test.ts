import type { EntityClass, MetadataProvider, Table } from '@dovetail/core';
import { createReflection, readReflection, writeReflection } from '@dovetail/reflection';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failureOf } from '../conformance/given.js';
import { newestDatabases, sqlite } from '../databases/index.js';
import { createProject, type Project } from './project.js';
import { samples, sourcesOf } from './samples.js';

let project: Project;
let classes: ReadonlyMap<string, EntityClass>;
let provider: MetadataProvider;
let compiledProvider: MetadataProvider;

beforeAll(async () => {
  project = createProject(sourcesOf(samples));
  project.compile();
  const all = [...(await project.load('entities.js')), ...(await project.load('partner.js'))];
  classes = new Map(all.map((found) => [found.name, found]));
  const options = { baseDir: project.folder, cache: false } as const;
  provider = await createReflection({ ...options, sources: ['src/*.ts'] });
  compiledProvider = await createReflection({ ...options, sources: ['dist/*.js'] });
});

afterAll(() => {
  project.dispose();
});

function classNamed(name: string): EntityClass {
  const found = classes.get(name);
  if (found === undefined) throw new Error(`There is no class ${name}.`);
  return found;
}

const numbered = samples.map((sample, index) => ({ ...sample, className: `Sample${index}` }));

test('the table has at least 60 declarations', () => {
  expect(samples.length).toBeGreaterThanOrEqual(60);
});

describe('a declaration', () => {
  test.each(numbered)('$name', ({ className, reflected }) => {
    const owner = classNamed(className);
    expect(provider.reflect(owner, 'value', owner)).toEqual(reflected);
    expect(compiledProvider.reflect(owner, 'value', owner)).toEqual(reflected);
  });
});

describe('the schema of these declarations', () => {
  const inSchema = numbered.filter(({ column }) => column !== undefined);
  let tables: ReadonlyMap<string, Table>;

  beforeAll(async () => {
    const site = await sqlite.create();
    const entities = [
      ...inSchema.map(({ className }) => className),
      'Partner',
      'Inherited',
      'InheritedToo',
      'Address',
      'Company',
    ];
    const orm = await site.init({ entities: entities.map(classNamed), metadataProvider: provider });
    await orm.schema.updateSchema();
    expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
    tables = new Map((await site.introspect()).tables.map((table) => [table.name, table]));
    await site.dispose();
  });

  const columnsOf = (table: string): readonly string[] =>
    (tables.get(table)?.columns ?? []).map(({ type, nullable }) => (nullable ? `${type}?` : type));

  test.each(inSchema)('$name', ({ className, column }) => {
    expect(columnsOf(className.toLowerCase())).toEqual(['integer', column]);
  });

  test.each(inSchema.filter(({ reflected, decorator }) => decorator === '@Enum()' && reflected.array !== true))(
    '$name has a check where its values are texts',
    ({ className, reflected }) => {
      const { checks = [] } = tables.get(className.toLowerCase()) ?? {};
      expect(checks).toHaveLength(reflected.type === 'string' ? 1 : 0);
    },
  );

  test('settles what a generic base class leaves open', () => {
    expect(columnsOf('inherited')).toEqual(['integer', 'integer']);
    expect(columnsOf('inherited_too')).toEqual(['text', 'datetime?']);
  });

  test('finds the entities of collections, and embedded classes that may be missing', () => {
    expect(columnsOf('company')).toEqual(['integer', 'text?', 'text?']);
    expect(tables.get('company_partners')?.foreignKeys).toHaveLength(2);
  });
});

describe.each(newestDatabases)('on $name', (database) => {
  test('columns are as the source says', async () => {
    const hasArrays = database.capabilities.features.includes('array-column');
    const some = numbered.filter(
      ({ column, source }, index) =>
        (column === undefined ? hasArrays : index % 7 === 0) && !source.includes('Partner'),
    );
    const site = await database.create();
    const orm = await site.init({
      entities: some.map(({ className }) => classNamed(className)),
      metadataProvider: compiledProvider,
    });
    await orm.schema.updateSchema();
    const { tables } = await site.introspect();
    for (const { className, reflected } of some) {
      const column = tables.find(({ name }) => name === className.toLowerCase())?.columns[1];
      expect(column?.nullable).toBe(reflected.nullable === true);
    }
    expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
    await site.dispose();
  });
});

describe('comments', () => {
  test('are read where they are asked for', async () => {
    const owner = classNamed('Inherited');
    const options = { baseDir: project.folder, sources: ['src/*.ts'], cache: false } as const;
    const withComments = await createReflection({ ...options, comments: true });
    expect(withComments.reflect(owner, 'generic', owner).comment).toBe('What it is called.');
    expect(provider.reflect(owner, 'generic', owner).comment).toBeUndefined();
  });
});

const twoFiles = {
  'kind.ts': `export type Kind = 'a' | 'b';`,
  'thing.ts': `
import { Entity, Enum, PrimaryKey } from '@dovetail/sqlite';
import type { Kind } from './kind.js';
@Entity()
export class Thing {
  @PrimaryKey() id!: number;
  @Enum() kind!: Kind;
}`,
};

class Thing {}

async function withProject(
  sources: Readonly<Record<string, string>>,
  body: (project: Project) => Promise<void>,
): Promise<void> {
  const own = createProject(sources);
  try {
    await body(own);
  } finally {
    own.dispose();
  }
}

describe('the cache', () => {
  const itemsOf = (reflection: MetadataProvider): unknown => reflection.reflect(Thing, 'kind', Thing).items;

  test('is used until the file, or one that it imports, changes', () =>
    withProject(twoFiles, async (own) => {
      const options = { baseDir: own.folder, sources: ['src/thing.ts'], cache: 'cache.json' };
      const written = (): number => statSync(join(own.folder, 'cache.json')).mtimeMs;
      expect(itemsOf(await createReflection(options))).toEqual(['a', 'b']);
      const first = written();
      expect(itemsOf(await createReflection(options))).toEqual(['a', 'b']);
      expect(written()).toBe(first);

      own.write('kind.ts', `export type Kind = 'a' | 'b' | 'c';`);
      expect(itemsOf(await createReflection(options))).toEqual(['a', 'b', 'c']);
      expect(written()).not.toBe(first);
    }));

  test('is not used for other options', () =>
    withProject(twoFiles, async (own) => {
      const options = { baseDir: own.folder, sources: ['src/thing.ts'], cache: 'cache.json' };
      await createReflection(options);
      own.write('thing.ts', twoFiles['thing.ts'].replace('@Enum() ', '/** Which. */ @Enum() '));
      await createReflection(options);
      const reflection = await createReflection({ ...options, comments: true });
      expect(reflection.reflect(Thing, 'kind', Thing).comment).toBe('Which.');
    }));

  test('says where there is none to read', async () => {
    const failure = await failureOf(() => readReflection(join(project.folder, 'nowhere.json')));
    expect(failure).toMatchObject({
      code: 'invalid-configuration',
      problems: [{ remedy: 'Write it with `writeReflection`.' }],
    });
  });

  test('written at build time, is read without looking at sources', () =>
    withProject(twoFiles, async (own) => {
      const file = join(own.folder, 'reflection.json');
      await writeReflection(file, { baseDir: own.folder, sources: ['src/*.ts'] });
      own.write('thing.ts', 'changed beyond recognition');
      expect(itemsOf(await readReflection(file))).toEqual(['a', 'b']);
    }));
});

const disagreements: readonly (readonly [property: string, says: string])[] = [
  ['@Property({ nullable: false }) value?: string;', '`nullable: false`'],
  ['@Property({ nullable: true }) value!: string;', '`nullable: true`'],
  ["@Property({ type: 'integer' }) value!: string;", 'its type is string'],
  ['@Property({ type: t.string }) value!: Date;', 'its type is Date'],
  ['@Property({ type: t.boolean }) value!: bigint;', 'its type is bigint'],
  ['@ManyToOne(() => Thing) value!: Other;', 'says Thing'],
  ['@ManyToOne({ entity: () => Thing }) value!: Other;', 'says Thing'],
  ['@ManyToOne(() => Other) value!: Other[];', 'its type is a list'],
  ['@OneToMany(() => Other) value!: Other;', 'its type is one Other'],
  ['@ManyToMany(() => Thing) value = new Collection<Other>(this);', 'says Thing'],
];

describe('an error says', () => {
  test('where source and decorators disagree, all in one', () =>
    withProject(
      {
        'things.ts': `
import { Collection, Entity, ManyToMany, ManyToOne, OneToMany, Property, t } from '@dovetail/sqlite';
export class Other {}
export class Thing {}
${disagreements.map(([property], index) => `@Entity() export class Class${index} { ${property} }`).join('\n')}`,
      },
      async (own) => {
        const options = { baseDir: own.folder, sources: ['src/*.ts'], cache: false } as const;
        const { code, problems } = await failureOf(() => createReflection(options));
        expect(code).toBe('invalid-metadata');
        expect(problems.map(({ where }) => where)).toEqual(disagreements.map((_, index) => `Class${index}.value`));
        expect(problems.filter(({ what }, index) => !what.includes(disagreements[index]?.[1] ?? ''))).toEqual([]);
      },
    ));

  test('which glob matches nothing, and which class is in no source', async () => {
    const nothing = await failureOf(() => createReflection({ baseDir: project.folder, sources: ['nowhere/*.ts'] }));
    expect(nothing).toMatchObject({ code: 'invalid-configuration', problems: [{ what: 'no file matches' }] });
    const unknown = await failureOf(async () => provider.reflect(Thing, 'kind', Thing));
    expect(unknown).toMatchObject({ problems: [{ where: 'Thing', what: 'no file of `sources` declares it' }] });
  });
});
