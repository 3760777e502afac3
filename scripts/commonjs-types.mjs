// TypeScript refuses an ES module in a CommonJS file (TS1479 under `module: node16`), although Node.js loads one from
// `require` since 20.19, which is why each package ships a single ES module. The format of a declaration file is that
// of the nearest package.json: so the `require` condition of `exports` gets the same declarations once more, in a folder
// that says `commonjs`, beside the one runtime module.
import { cpSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = fileURLToPath(new URL('../packages/', import.meta.url));

for (const name of readdirSync(packages)) {
  const dist = join(packages, name, 'dist');
  if (existsSync(dist)) copyDeclarations(dist, join(dist, 'commonjs'));
}

/**
 * @param {string} from
 * @param {string} to
 */
function copyDeclarations(from, to) {
  rmSync(to, { recursive: true, force: true });
  for (const file of readdirSync(from, { encoding: 'utf8', recursive: true })) {
    if (file.endsWith('.d.ts')) cpSync(join(from, file), join(to, file));
  }
  writeFileSync(join(to, 'package.json'), '{ "type": "commonjs" }\n');
}
