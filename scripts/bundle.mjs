// Makes the modules of each package: those that its package.json names, and chunks that they share. Node.js takes a third
// of a millisecond and more for each file that it loads, and `dovetail` would load two hundred.
import { build } from 'esbuild';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = fileURLToPath(new URL('../packages/', import.meta.url));

await Promise.all(readdirSync(packages).map((name) => bundle(join(packages, name))));

/** @param {string} folder */
async function bundle(folder) {
  const manifest = readFileSync(join(folder, 'package.json'), 'utf8');
  const names = new Set([...manifest.matchAll(/"\.\/dist\/([\w-]+)\.js"/g)].map(([, name]) => name));
  removeModules(join(folder, 'dist'));
  await build({
    entryPoints: [...names].map((name) => join(folder, `src/${name}.ts`)),
    outdir: join(folder, 'dist'),
    format: 'esm',
    platform: 'node',
    target: 'node20',
    bundle: true,
    splitting: true,
    packages: 'external',
    sourcemap: true,
  });
}

/**
 * Chunks of another build would stay. A package whose types were not asked for has no folder yet.
 *
 * @param {string} dist
 */
function removeModules(dist) {
  if (!existsSync(dist)) return;
  for (const file of readdirSync(dist)) {
    if (/\.js(\.map)?$/.test(file)) rmSync(join(dist, file));
  }
}
