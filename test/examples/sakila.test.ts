import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Dovetail } from '@dovetail/mysql';
import { serverUrl } from '../servers/url.js';

const workspace = fileURLToPath(new URL('../../', import.meta.url));
const example = join(workspace, 'examples/sakila/sakila.ts');
const dbName = `dovetail_sakila_${process.pid}`;
// The entities are loaded from there: so it is where they find the packages.
const folder = mkdtempSync(join(workspace, '.cache/sakila-'));
const url = serverUrl('MYSQL');
let output = '';
let orm: Dovetail;

beforeAll(async () => {
  const loader = pathToFileURL(join(workspace, 'node_modules/tsx/dist/loader.mjs')).href;
  output = execFileSync(process.execPath, ['--import', loader, example, url, dbName, folder], {
    cwd: workspace,
    encoding: 'utf8',
    env: { ...process.env, TSX_TSCONFIG_PATH: join(workspace, 'examples/tsconfig.json') },
  });
  orm = await Dovetail.init({ url, dbName, entities: [], discovery: { warnWhenNoEntities: false } });
}, 60_000);

afterAll(async () => {
  await orm.schema.dropSchema({ dropDb: true });
  rmSync(folder, { recursive: true, force: true });
});

test('the entities of Sakila change nothing, until two lines of them change; then two things, and nothing is left', () => {
  expect(output.match(/They would change: nothing\./g)).toHaveLength(2);
  expect(output.match(/^\+ @/gm)).toHaveLength(2);
  const [, changes = ''] = /~ table film\n((?: .*\n)+)/.exec(output) ?? [];
  expect(changes.trim().split(/\n +/)).toEqual([
    '~ column rental_rate: type decimal(4,2) → decimal(6,2)',
    '+ index film_release_year_index (release_year)',
  ]);
});

test('the functions and procedures, which entities cannot say, are named', () => {
  expect(output).toContain('the database: function inventory_in_stock\n');
  expect(output).toContain('the database: procedure film_in_stock\n');
});

test('the database has the changes and the film', async () => {
  const { tables } = await orm.schema.introspect();
  const film = tables.find(({ name }) => name === 'film');
  expect(film?.columns.find(({ name }) => name === 'rental_rate')?.type).toBe('decimal(6,2)');
  expect(film?.indexes.map(({ name }) => name)).toContain('film_release_year_index');
  expect(await orm.connection.query('select title, rental_rate, special_features from film')).toEqual([
    { title: 'ACADEMY DINOSAUR', rental_rate: '4.99', special_features: 'Trailers' },
  ]);
});
