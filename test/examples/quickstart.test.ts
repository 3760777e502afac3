import Database from 'better-sqlite3';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

// As `npm run build` left it: this is what `npm run quickstart` runs.
const quickstart = fileURLToPath(new URL('../../examples/dist/chinook/quickstart.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'dovetail-quickstart-'));
const file = join(folder, 'chinook.db');
let output = '';
let database: Database.Database;

beforeAll(() => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [quickstart, file], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  output = stdout;
  database = new Database(file, { readonly: true });
}, 60_000);

afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the quickstart says that nothing is left to do and nothing was lost', () => {
  expect(output).toContain('The second diff is empty.');
  expect(output).toMatch(/Track +3,503 rows → +3,503 rows, checksums of 9 columns/);
  expect(output).toContain('All 15,607 rows are still there, with every value they had.');
});

test('it plans the six changes of its entities, and no other', () => {
  const changes = output.slice(output.indexOf('ask for these changes'), output.indexOf('The plan:'));
  const leaves = changes.split('\n').filter((line) => /^ {4}\S/.test(line));
  expect(leaves.map((line) => line.trim())).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^~ column Title: type NVARCHAR\(160\) → NVARCHAR\(300\)/i),
      expect.stringMatching(/^\+ column LoyaltyPoints integer not null default 0/i),
      expect.stringMatching(/^> column Composer → Songwriters/),
      expect.stringMatching(/^\+ check CK_TrackMilliseconds/),
      expect.stringMatching(/^\+ column SoldById integer/i),
      expect.stringMatching(/^\+ foreign key .*SoldById.* → Employee \(EmployeeId\)/),
      expect.stringMatching(/^\+ index IFK_InvoiceSoldById/),
      expect.stringMatching(/^\+ column Total numeric\(12,2\)/i),
    ]),
  );
  expect(leaves).toHaveLength(8);
});

test('the file has the changes', () => {
  const read = (sql: string): unknown[] => database.prepare(sql).pluck().all();
  expect(read(`select type from pragma_table_info('Album') where name = 'Title'`)).toEqual(['NVARCHAR(300)']);
  expect(read('select distinct LoyaltyPoints from Customer')).toEqual([0]);
  expect(read('select Songwriters from Track where TrackId = 2')).toEqual([
    'U. Dirkschneider, W. Hoffmann, H. Frank, P. Baltes, S. Kaufmann, G. Hoffmann',
  ]);
  expect(read(`select "from" from pragma_foreign_key_list('Invoice') where "table" = 'Employee'`)).toEqual([
    'SoldById',
  ]);
  expect(read('select Total from InvoiceLine where InvoiceLineId = 1')).toEqual([0.99]);
  expect(read(`select sql from sqlite_schema where name = 'Track'`)).toEqual([expect.stringMatching(/check/i)]);
});

test('the file is sound, and numbers new rows where it left off', () => {
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(database.pragma('foreign_key_check')).toEqual([]);
  const sequence = database.prepare('select seq from sqlite_sequence where name = ?').pluck();
  expect(['Album', 'Track', 'InvoiceLine'].map((table) => sequence.get(table))).toEqual([347, 3503, 2240]);
});
