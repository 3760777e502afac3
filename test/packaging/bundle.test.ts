import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const workspace = fileURLToPath(new URL('../../', import.meta.url));

test('the packages are bundled in a clone in which nothing was built', () => {
  const clone = mkdtempSync(join(tmpdir(), 'dovetail-clone-'));
  onTestFinished(() => rmSync(clone, { recursive: true }));
  const isSource = (path: string): boolean => !/[/](?:dist|node_modules)$/u.test(path);
  for (const path of ['packages', 'scripts', 'tsconfig.base.json']) {
    cpSync(join(workspace, path), join(clone, path), { recursive: true, filter: isSource });
  }
  symlinkSync(join(workspace, 'node_modules'), join(clone, 'node_modules'));

  execFileSync(process.execPath, [join(clone, 'scripts/bundle.mjs')]);

  const packages = readdirSync(join(clone, 'packages'));
  expect(packages.filter((name) => !existsSync(join(clone, 'packages', name, 'dist/index.js')))).toEqual([]);
});

test('dovetail --version loads nothing but files of the command itself', () => {
  const isOwn = (name: string): boolean => name.startsWith('./');
  const importsOf = (file: string): string[] => {
    const text = readFileSync(join(workspace, 'packages/cli/dist', file), 'utf8');
    return [...text.matchAll(/^(?:import|export)\b[^;]*?"([^"]+)";$/gmu)].map(([, name]) => name ?? '');
  };
  const loaded = new Set(['./bin.js']);
  for (const name of loaded) if (isOwn(name)) for (const imported of importsOf(name)) loaded.add(imported);
  expect([...loaded].filter((name) => !isOwn(name))).toEqual([]);
  expect(loaded.size).toBeGreaterThan(1);
});

test('what the packages export says of itself the name that it is exported by', () => {
  const modules = readdirSync(join(workspace, 'packages')).map((name) => `@dovetail/${name}`);
  const script = `for (const name of ${JSON.stringify([...modules, '@dovetail/core/driver'])}) {
    for (const [exported, value] of Object.entries(await import(name))) {
      if (typeof value === 'function' && value.name !== exported) console.log(name, exported, value.name);
    }
  }`;
  const args = ['--input-type=module', '-e', script];
  expect(execFileSync(process.execPath, args, { cwd: workspace, encoding: 'utf8' })).toBe('');
});
