import { readdirSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { mysql, sqlite } from '../databases/index.js';
import { expectMessage } from './mistake.js';
import { configText, createProject, type Project } from './project.js';

let project: Project;

afterEach(() => {
  project.dispose();
});

test.each([sqlite, mysql])('a refused command leaves no database that it has created, on $name', async (database) => {
  const site = await database.create();
  const dbName = `${site.connectionOptions.dbName}_new`;
  const connectionOptions = { ...site.connectionOptions, dbName };
  project = createProject();
  const describeBy = (entities: string): void =>
    project.write('dovetail.config.mjs', configText(database, { connectionOptions }, entities));
  describeBy("[entity('author', {})]");

  expect(await project.dovetail('schema:update', '--run', '--rename=zzz:writer')).toMatchObject({ exitCode: 2 });
  expect(await project.dovetail('schema:check')).toMatchObject({ exitCode: 3 });
  describeBy("[entity('author', { name: { type: 'string', check: 'nothing of the kind' } })]");
  expect((await project.dovetail('schema:update', '--run')).exitCode).toBeGreaterThan(1);
  expect(await project.dovetail('schema:check')).toMatchObject({ exitCode: 3 });

  describeBy("[entity('author', {})]");
  expect(await project.dovetail('schema:update', '--run')).toMatchObject({ exitCode: 0 });
  expect(await project.dovetail('schema:update', '--run', '--rename=zzz:writer')).toMatchObject({ exitCode: 2 });
  expect(await project.dovetail('schema:check')).toMatchObject({ exitCode: 0 });
  expect(await project.dovetail('database:drop', '--run')).toMatchObject({ exitCode: 0 });
  await site.dispose();
});

test('init writes nothing where a file has the name of its folder', async () => {
  project = createProject();
  project.write('entities', '');
  const ended = await project.dovetail('init', '--database=sqlite');
  expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
  expectMessage(ended.stderr, ['Nothing has been written.', 'entities: is a file', 'Move it away']);
  expect(readdirSync(project.folder).sort()).toEqual(['entities', 'package.json']);
});
