// Makes the workspace ready to build: a Node.js that is new enough, the dependencies that the lock file names, and a
// better-sqlite3 that opens a database. Every command of package.json starts here; there is nothing to do most times.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

if (!process.features.require_module) {
  fail(`Dovetail needs Node.js 20.19 or later (22.13 or later of 22); this is ${process.version}.`);
}
if (!isInstalled()) {
  console.log('Installing the dependencies.');
  console.log('better-sqlite3 is compiled when no prebuilt binary can be fetched: that takes a minute or two.');
  if (!npm('ci', '--no-audit', '--no-fund', '--loglevel=error'))
    fail(`The dependencies could not be installed.${whatCompilingNeeds()}`);
}
if (!opensDatabase()) {
  console.log(`Building better-sqlite3 anew, for Node.js ${process.version}.`);
  npm('rebuild', 'better-sqlite3', '--loglevel=error');
  if (!opensDatabase()) fail(`better-sqlite3 does not open a database.${whatCompilingNeeds()}`);
}

/** Whether node_modules holds what package-lock.json names: npm keeps a lock file of its own in there. */
function isInstalled() {
  const installed = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  const found = lockedPackages(installed);
  return Object.entries(lockedPackages(join(root, 'package-lock.json'))).every(
    ([path, { version, optional }]) =>
      optional || path === '' || (found[path]?.version === version && existsSync(join(root, path))),
  );
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function lockedPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** Asked in a process of its own: an addon of another Node.js version may end the process that loads it. */
function opensDatabase() {
  const open = `new (require('better-sqlite3'))(':memory:').close()`;
  return spawnSync(process.execPath, ['-e', open], { cwd: root, stdio: 'ignore' }).status === 0;
}

/** @param {string[]} args */
function npm(...args) {
  const shell = process.platform === 'win32';
  const { status } = spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell, env: environment() });
  return status === 0;
}

/** Node.js mostly comes with its headers beside it; node-gyp downloads them unless it is told. */
function environment() {
  const prefix = dirname(dirname(process.execPath));
  const hasHeaders = existsSync(join(prefix, 'include/node/node_version.h'));
  return hasHeaders ? { npm_config_nodedir: prefix, ...process.env } : process.env;
}

function whatCompilingNeeds() {
  const missing = [['python3', 'python'], ['make'], ['c++', 'g++', 'clang++']]
    .filter((names) => !names.some(runs))
    .map(([name]) => name);
  if (process.platform === 'win32' || missing.length === 0) return ' The messages above say why.';
  return ` This machine lacks ${missing.join(', ')}.
Where no prebuilt binary of better-sqlite3 can be fetched, compiling it needs Python 3, make and a C++20 compiler:
  Debian, Ubuntu   apt-get install python3 make g++
  Fedora           dnf install python3 make gcc-c++
  Alpine           apk add python3 make g++
  macOS            xcode-select --install`;
}

/** @param {string} program */
function runs(program) {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}
