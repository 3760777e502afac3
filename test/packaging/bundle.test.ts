import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const workspace = fileURLToPath(new URL('../../', import.meta.url));

test('the packages are bundled in a clone in which nothing was built', () => {
  const clone = mkdtempSync(join(tmpdir(), 'dovetail-clone-'));
  onTestFinished(() => rmSync(clone, { recursive: true }));
  const isSource = (path: string): boolean => !/[/](?:dist|node_modules)$/u.test(path);
  for (const folder of ['packages', 'scripts']) {
    cpSync(join(workspace, folder), join(clone, folder), { recursive: true, filter: isSource });
  }
  symlinkSync(join(workspace, 'node_modules'), join(clone, 'node_modules'));

  execFileSync(process.execPath, [join(clone, 'scripts/bundle.mjs')]);

  const packages = readdirSync(join(clone, 'packages'));
  expect(packages.filter((name) => !existsSync(join(clone, 'packages', name, 'dist/index.js')))).toEqual([]);
});
