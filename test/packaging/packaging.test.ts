import Database from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installPacked, packageNames } from './install-packed.js';

const { resolve } = createRequire(import.meta.url);
const seconds = 1000;
let folder: string;

beforeAll(() => {
  folder = installPacked();
}, 120 * seconds);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Program {
  readonly language: string;
  /** Where it runs, under the fixtures. */
  readonly cwd: string;
  readonly compile?: readonly string[];
  readonly run: readonly string[];
  readonly database: string;
  /** The table that the second update adds a column to, and that column with its default. */
  readonly table: string;
  readonly columns: readonly string[];
  readonly added: { readonly column: string; readonly default: unknown };
  readonly references: string;
}

const programs: readonly Program[] = [
  {
    language: 'a CommonJS script in ts-node, decorators with metadata',
    cwd: 'ts-node',
    run: [resolve('ts-node/dist/bin.js'), 'library.ts'],
    database: 'library.db',
    table: 'book',
    columns: ['id', 'author_id', 'title'],
    added: { column: 'title', default: 'untitled' },
    references: 'author',
  },
  {
    language: 'an ES module script in tsx, decorators without metadata',
    cwd: 'tsx',
    run: ['--import', pathToFileURL(resolve('tsx')).href, 'shop.ts'],
    database: 'shop.db',
    table: 'invoice',
    columns: ['id', 'customer_id', 'paid'],
    added: { column: 'paid', default: 0 },
    references: 'customer',
  },
  {
    language: 'standard decorators, compiled by tsc',
    cwd: 'standard',
    compile: [resolve('typescript/bin/tsc'), '-p', '.'],
    run: ['team.js'],
    database: 'team.db',
    table: 'player',
    columns: ['id', 'team_id', 'shirt'],
    added: { column: 'shirt', default: 99 },
    references: 'team',
  },
  {
    language: 'plain .mjs, decorators as functions',
    cwd: 'plain',
    run: ['railway.mjs'],
    database: 'railway.db',
    table: 'train',
    columns: ['id', 'home_id', 'speed'],
    added: { column: 'speed', default: 300 },
    references: 'station',
  },
  {
    language: 'plain .cjs, decorators as functions',
    cwd: 'plain',
    run: ['garden.cjs'],
    database: 'garden.db',
    table: 'plant',
    columns: ['id', 'bed_id', 'height'],
    added: { column: 'height', default: 0 },
    references: 'bed',
  },
];

describe.each(programs)('$language', ({ cwd, compile, run, database, table, columns, added, references }) => {
  test('creates a database and updates it, each with nothing left to do', () => {
    if (compile) node(cwd, compile);
    const updates: unknown = JSON.parse(node(cwd, run));

    expect(updates).toEqual([
      [expect.stringMatching(/create table/i), ''],
      [expect.stringContaining(added.column), ''],
    ]);
  }, 60_000);

  test('leaves the tables in the file', () => {
    const file = new Database(join(folder, cwd, database), { readonly: true, fileMustExist: true });
    const read = (sql: string, ...values: string[]): unknown[] =>
      file
        .prepare(sql)
        .pluck()
        .all(...values);

    expect(read('select name from pragma_table_xinfo(?) order by cid', table)).toEqual(columns);
    expect(read('select "table" from pragma_foreign_key_list(?)', table)).toEqual([references]);
    const [definition] = read('select dflt_value from pragma_table_info(?) where name = ?', table, added.column);
    expect(read(`select ${String(definition)}`)).toEqual([added.default]);
    file.close();
  });
});

describe.each(packageNames())('@dovetail/%s', (name) => {
  const files = (): string[] =>
    readdirSync(join(folder, 'node_modules/@dovetail', name), { encoding: 'utf8', recursive: true });

  test('ships its module with declarations of both formats', () => {
    expect(files()).toEqual(
      expect.arrayContaining([
        'README.md',
        'package.json',
        'dist/index.js',
        'dist/index.d.ts',
        'dist/commonjs/index.d.ts',
        'dist/commonjs/package.json',
      ]),
    );
  });

  test('ships no tests and no build state', () => {
    expect(files().filter((file) => /\.(test|fixture)\.|\.tsbuildinfo$/.test(file))).toEqual([]);
  });

  test('declares every package that it imports', () => {
    expect(existsSync(join(folder, 'node_modules/@dovetail', name, 'node_modules'))).toBe(false);
    expect(node('.', ['--input-type=module', '-e', `await import('@dovetail/${name}')`])).toBe('');
    expect(node('.', ['-e', `require('@dovetail/${name}')`])).toBe('');
  });
});

function node(cwd: string, args: readonly string[]): string {
  return execFileSync(process.execPath, args, { cwd: join(folder, cwd), encoding: 'utf8' });
}
