import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newestDatabases, type TestSite } from '../databases/index.js';
import { configText, createProject, type Project } from './project.js';

const author = `[entity('author', { name: { type: 'string', length: 50 } })]`;

/** A seeder that inserts authors of some names. */
function seederText(className: string, ...names: readonly (string | null)[]): string {
  return `export class ${className} {
  async run(db) {
    for (const name of ${JSON.stringify(names)}) {
      await db.connection.execute(name === null ? 'insert into author (name) values (null)' : \`insert into author (name) values ('\${name}')\`);
    }
  }
}
`;
}

describe.each(newestDatabases)('seeders on $name', (database) => {
  let site: TestSite;
  let project: Project;

  const names = async (): Promise<unknown[]> =>
    (await site.connection.query('select name from author order by name')).map(({ name }) => name);

  beforeAll(async () => {
    site = await database.create();
    project = createProject();
    const seeder = "seeder: { defaultSeeder: 'AuthorSeeder', path: './rows', emit: 'js' }";
    project.write('dovetail.config.mjs', configText(database, site, author, seeder));
    project.write('rows/author.js', seederText('AuthorSeeder', 'Ada'));
    project.write('rows/others.js', seederText('OtherSeeder', 'Emmy'));
    project.write('rows/failing.js', seederText('FailingSeeder', 'Grace', null));
  });

  afterAll(async () => {
    project.dispose();
    await site.dispose();
  });

  test('schema:create --seed runs the default one, afterwards', async () => {
    expect(await project.dovetail('schema:create', '--run', '--seed')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'Schema created. Seeded.\n',
    });
    expect(await names()).toEqual(['Ada']);
  });

  test('schema:fresh --seed=Class runs that one; --dump runs none', async () => {
    expect(await project.dovetail('schema:fresh', '--dump', '--seed=OtherSeeder')).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
    expect(await names()).toEqual(['Ada']);
    expect(await project.dovetail('schema:fresh', '--run', '--seed=OtherSeeder')).toMatchObject({ exitCode: 0 });
    expect(await names()).toEqual(['Emmy']);
  });

  test.each([
    ['schema:fresh', '--run', '--seed=OtherSeder'],
    ['schema:fresh', '--run', '--drop-db', '--seed=OtherSeder'],
    ['migration:fresh', '--run', '--seed=OtherSeder'],
  ])('%s %s with a typing mistake in %s drops nothing', async (...args) => {
    const before = await names();
    const { exitCode, stderr } = await project.dovetail(...args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('OtherSeder');
    expect(stderr).not.toContain('    at ');
    expect(await names()).toEqual(before);
  });

  test('seed:run runs those that are named, in one transaction', async () => {
    expect(await project.dovetail('seed:run', 'AuthorSeeder', 'OtherSeeder', '--json')).toEqual({
      exitCode: 0,
      stdout: `${JSON.stringify({ seeded: true }, null, 2)}\n`,
      stderr: '',
    });
    expect(await names()).toEqual(['Ada', 'Emmy', 'Emmy']);

    const failed = await project.dovetail('seed:run', 'AuthorSeeder', '--class', 'FailingSeeder');
    expect(failed).toMatchObject({ exitCode: 4, stdout: '' });
    expect(failed.stderr).toContain('All rows of the seeders are rolled back');
    expect(await names()).toEqual(['Ada', 'Emmy', 'Emmy']);
  });

  test('seed:run ends with its rows, whatever a seeder leaves going, and keeps what it has said', async () => {
    const said = 'x'.repeat(1_000_000);
    project.write(
      'rows/going.js',
      `export class GoingSeeder {
  async run() {
    setInterval(() => undefined, 1000);
    console.log('x'.repeat(${said.length}));
  }
}
`,
    );
    expect(await project.dovetail('seed:run', 'GoingSeeder')).toEqual({
      exitCode: 0,
      stdout: `${said}\n`,
      stderr: 'Seeded.\n',
    });
  });

  test('seed:create writes a seeder that runs, and says where', async () => {
    const created = await project.dovetail('seed:create', 'books');
    const path = join('rows', 'BooksSeeder.js');
    expect(created).toEqual({ exitCode: 0, stdout: '', stderr: `Written: ${path}\n` });
    expect(existsSync(join(project.folder, path))).toBe(true);
    expect(await project.dovetail('seed:run', 'BooksSeeder')).toMatchObject({ exitCode: 0, stderr: 'Seeded.\n' });
  });
});
