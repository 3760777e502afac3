import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { consent, makeShelf } from './shelf.js';
import { readState } from './state.js';

const script = fileURLToPath(new URL('./hold-lock.mjs', import.meta.url));

// A reader lets an update begin, and keeps it from being written into the file
// (sqlite.org/lockingv3.html#writing). Many rows overflow the page cache, so that this happens in the middle of a step.
test.each([
  ['writes', 'write', 10],
  ['reads', 'read', 10],
  ['reads', 'read', 40_000],
])('while another process %s, an update gives up and changes nothing (%s, %i rows)', async (_, mode, items) => {
  const shelf = await makeShelf(items);
  onTestFinished(() => shelf.dispose());
  const before = await readState(shelf.dbName);
  const other = await holdLock(shelf.dbName, mode);
  onTestFinished(() => void other.kill());

  const { connection, schema } = await shelf.open({ lockTimeout: 200 });
  await connection.query('pragma cache_size = 50');
  await expect(schema.updateSchema(consent)).rejects.toMatchObject({ name: 'DovetailError', code: 'database-busy' });
  expect(await connection.query('pragma foreign_keys')).toEqual([{ foreign_keys: 1 }]);
  expect(await readState(shelf.dbName)).toEqual(before);

  other.kill();
  await once(other, 'exit');
  await schema.updateSchema(consent);
  expect((await schema.plan(consent)).steps).toEqual([]);
});

async function holdLock(dbName: string, mode: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [script, dbName, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}
