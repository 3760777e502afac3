import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connect } from './connection.js';
import { ensureDatabase } from './database-file.js';
import { privileges } from './privileges.js';

test.each([
  { readonly: false, granted: [true, true] },
  { readonly: true, granted: [false, true] },
])('a file that is opened with readonly: $readonly', async ({ readonly, granted }) => {
  const folder = mkdtempSync(join(tmpdir(), 'dovetail-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const dbName = join(folder, 'test.db');
  await ensureDatabase({ dbName });
  const connection = await connect({ dbName, readonly });
  const found = await privileges(connection);
  await connection.close();
  expect(found.map(({ action }) => action)).toEqual(['write to the database', `write in the folder ${folder}`]);
  expect(found.map((privilege) => privilege.granted)).toEqual(granted);
});

test('a database without a file has no folder', async () => {
  const connection = await connect({ dbName: ':memory:' });
  expect(await privileges(connection)).toMatchObject([{ action: 'write to the database', granted: true }]);
  await connection.close();
});

test('the database of another one who writes may be written to', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dovetail-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const dbName = join(folder, 'test.db');
  await ensureDatabase({ dbName });
  const [writer, connection] = [await connect({ dbName }), await connect({ dbName, busyTimeout: 1 })];
  await writer.execute('begin immediate');
  expect((await privileges(connection)).every(({ granted }) => granted)).toBe(true);
  await writer.close();
  await connection.close();
});
