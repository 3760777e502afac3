import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createProject, type Project } from './project.js';

const config = `import { defineConfig } from '@dovetail/cli';
import { Dovetail } from '@dovetail/sqlite';
import { Author } from './entities/author.js';

export default defineConfig(Dovetail, { dbName: 'library.db', entities: [Author, './entities/*.ts'] });
`;

const reflected = `import { Entity, PrimaryKey, Property } from '@dovetail/sqlite';
@Entity()
export class Author {
  @PrimaryKey() id!: number;
  @Property() name!: string;
}
`;
const stated = reflected
  .replace('@PrimaryKey()', "@PrimaryKey({ type: 'integer' })")
  .replace('@Property()', "@Property({ type: 'string' })");

const book = `import { Entity, ManyToOne, PrimaryKey } from '@dovetail/sqlite';
import { Author } from './author.js';
@Entity()
export class Book {
  @PrimaryKey({ type: 'integer' }) id!: number;
  @ManyToOne({ entity: () => Author }) author!: Author;
}
`;

const seeder = `import type { SeedDatabase, Seeder } from '@dovetail/seeder';
import { Author } from '../entities/author.js';
export class DatabaseSeeder implements Seeder {
  async run(db: SeedDatabase): Promise<void> {
    await db.insert(Author, [{ name: 'Ada' }]);
  }
}
`;

const legacy = { target: 'ES2022', module: 'NodeNext', experimentalDecorators: true };

interface Way {
  readonly decorators: string;
  readonly type: 'module' | 'commonjs';
  readonly loader: string;
  readonly compilerOptions: object;
  readonly entity: string;
  readonly environment?: NodeJS.ProcessEnv;
}

const formats = ['module', 'commonjs'] as const;
const ways: readonly Way[] = formats.flatMap((type): Way[] => [
  { decorators: 'legacy decorators', type, loader: 'tsx', compilerOptions: legacy, entity: stated },
  {
    decorators: 'emitDecoratorMetadata',
    type,
    loader: 'swc',
    compilerOptions: { ...legacy, emitDecoratorMetadata: true },
    entity: reflected,
  },
  {
    decorators: 'standard decorators',
    type,
    loader: 'tsx',
    compilerOptions: { target: 'ES2022', module: 'NodeNext' },
    entity: stated,
  },
]);

const tsNode: Way = {
  decorators: 'emitDecoratorMetadata',
  type: 'commonjs',
  loader: 'ts-node, because DOVETAIL_LOADER says so',
  compilerOptions: { ...legacy, emitDecoratorMetadata: true, module: 'CommonJS', moduleResolution: 'Node10' },
  entity: reflected,
  environment: { DOVETAIL_LOADER: 'ts-node' },
};

let project: Project;

beforeEach(() => {
  project = createProject();
});

afterEach(() => {
  project.dispose();
});

describe('TypeScript without a build', () => {
  test.each([...ways, tsNode])(
    'in a $type with $decorators, through $loader',
    async ({ type, compilerOptions, entity, environment }) => {
      project = createProject(environment);
      // CommonJS finds its files by the name that they have.
      const imports = (text: string): string => (type === 'module' ? text : text.replaceAll("author.js'", "author'"));
      project.write('package.json', JSON.stringify({ private: true, type }));
      project.write('tsconfig.json', JSON.stringify({ compilerOptions }));
      project.write('dovetail.config.ts', imports(config));
      project.write('entities/author.ts', entity);
      project.write('seeders/database.ts', imports(seeder));

      expect(await project.dovetail('migration:create')).toMatchObject({ exitCode: 0, stdout: '' });
      const fresh = await project.dovetail('migration:fresh', '--run', '--seed');
      expect(fresh).toMatchObject({ exitCode: 0, stdout: '' });
      expect(fresh.stderr).toContain('1 migration run. Seeded.');
      expect(await project.dovetail('schema:check')).toEqual({
        exitCode: 0,
        stdout: '',
        stderr: 'The schema is up to date.\n',
      });
    },
  );
});

describe('CommonJS whose imports name what a file is compiled to', () => {
  const compilers = {
    'legacy decorators': legacy,
    emitDecoratorMetadata: { ...legacy, emitDecoratorMetadata: true },
    'standard decorators': { target: 'ES2022', module: 'NodeNext' },
  };
  const all = ['legacy decorators', 'emitDecoratorMetadata', 'standard decorators'] as const;
  const loaders = [
    { loader: 'the loader that Dovetail chooses', environment: {}, kinds: all },
    { loader: 'swc', environment: { DOVETAIL_LOADER: 'swc' }, kinds: all.slice(0, 2) },
    { loader: 'tsx', environment: { DOVETAIL_LOADER: 'tsx' }, kinds: all },
    { loader: 'ts-node', environment: { DOVETAIL_LOADER: 'ts-node' }, kinds: all },
    {
      loader: 'none, where Node.js was started with a loader',
      environment: { DOVETAIL_LOADER: 'none', NODE_OPTIONS: '--import=tsx' },
      kinds: all,
    },
  ];
  const choices = loaders.flatMap(({ kinds, ...choice }) => kinds.map((decorators) => ({ ...choice, decorators })));

  test.each(choices)('with $decorators, through $loader', async ({ environment, decorators }) => {
    project = createProject(environment);
    project.write('package.json', '{ "private": true }');
    project.write('tsconfig.json', JSON.stringify({ compilerOptions: compilers[decorators] }));
    project.write('dovetail.config.ts', config);
    project.write('entities/author.ts', stated);
    project.write('entities/book.ts', book);
    project.write('seeders/database.ts', seeder);

    const updated = { exitCode: 0, stdout: '', stderr: 'Schema updated.\n' };
    expect(await project.dovetail('schema:update', '--run')).toEqual(updated);
    expect(await project.dovetail('seed:run')).toEqual({ exitCode: 0, stdout: '', stderr: 'Seeded.\n' });
  });

  test('a project of init loads the entities that entities:generate writes', async () => {
    project.write('package.json', '{ "private": true }');
    expect(await project.dovetail('init', '--database=sqlite', '--db-name=library.db')).toMatchObject({ exitCode: 0 });
    project.write('entities/book.ts', book);
    project.write('dovetail.config.ts', config);
    expect(await project.dovetail('schema:update', '--run')).toMatchObject({ exitCode: 0 });

    expect(await project.dovetail('entities:generate', '--path=generated')).toMatchObject({ exitCode: 0 });
    project.write('dovetail.config.ts', config.replaceAll('./entities', './generated'));
    expect(readFileSync(join(project.folder, 'generated/book.ts'), 'utf8')).toContain("from './author.js'");
    expect(await project.dovetail('schema:check')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'The schema is up to date.\n',
    });
  });
});

const makers = [
  { made: 'a function', exported: 'async () => defineConfig' },
  { made: 'a function that gives several', exported: 'async () => [defineConfig', end: ']' },
  { made: 'a promise', exported: 'Promise.resolve().then(async () => defineConfig', end: ')' },
];

test.each(makers)('a configuration may be made by $made', async ({ exported, end = '' }) => {
  project.write(
    'dovetail.config.mjs',
    `import { defineConfig } from '@dovetail/cli';
import { Dovetail } from '@dovetail/sqlite';
export default ${exported}(Dovetail, {
  dbName: await Promise.resolve('library.db'), entities: [], discovery: { warnWhenNoEntities: false },
})${end};
`,
  );
  expect(await project.dovetail('database:create')).toMatchObject({ exitCode: 0, stderr: 'Database created.\n' });
  expect(await project.dovetail('schema:check')).toMatchObject({ exitCode: 0 });
});
