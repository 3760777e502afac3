// Makes the modules of each package: those that its package.json names, and chunks that they share. Node.js takes a third
// of a millisecond and more for each file that it loads, and `dovetail` would load two hundred.
import { build } from 'esbuild';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @import { Plugin } from 'esbuild' */

const packages = fileURLToPath(new URL('../packages/', import.meta.url));
const require = createRequire(import.meta.url);

/**
 * Node.js reads a CommonJS module that is imported for the names of its exports first, which takes longer than to run it;
 * one that is required it only runs. Those of the drivers of servers are imported, for they may be bundled with a program.
 *
 * @type {Plugin}
 */
const requiredPackages = {
  name: 'required-packages',
  setup({ onResolve, onLoad }) {
    const filter = /^(?:better-sqlite3|commander|lilconfig|picocolors)$/;
    const namespace = 'required';
    onResolve({ filter }, ({ path }) => ({ path, namespace }));
    onLoad({ filter, namespace }, ({ path }) => ({
      contents: `import { createRequire } from 'node:module';
        const content = createRequire(import.meta.url)('${path}');
        export default content;
        export const { ${Object.keys(require(path)).join(', ')} } = content;`,
    }));
  },
};

/**
 * A built-in module that is imported has all of its exports read, and `node:fs` then makes its streams, with all that they
 * need in turn; one that is asked for (nodejs.org/api/process.html#processgetbuiltinmoduleid) does nothing of itself.
 *
 * @type {Plugin}
 */
const builtInModules = {
  name: 'built-in-modules',
  setup({ onResolve, onLoad }) {
    const filter = /^node:/;
    const namespace = 'built-in';
    onResolve({ filter }, ({ path }) => ({ path, namespace }));
    onLoad({ filter, namespace }, ({ path }) => ({
      contents: `const content = process.getBuiltinModule('${path}');
        ${Object.keys(require(path))
          .map((name) => `export const ${name} = /* @__PURE__ */ (() => content.${name})();`)
          .join('\n')}`,
    }));
  },
};

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
    plugins: [requiredPackages, builtInModules],
    alias: { 'reflect-metadata/lite': require.resolve('reflect-metadata/lite') },
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
