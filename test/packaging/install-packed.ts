import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const workspace = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Packs every package as `npm run build` left it, installs the archives into an empty folder outside the workspace, and
 * gives that folder, the fixtures copied beside its `node_modules`.
 *
 * Nothing is downloaded or compiled: the packages of others are copied from the workspace before, where npm finds them.
 * npm removes what the packed packages don't ask for, and fails for want of a network on what they do and isn't there.
 */
export function installPacked(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dovetail-packaging-'));
  const archives = pack(folder);
  copyDependencies(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  npm(folder, 'install', '--offline', '--ignore-scripts', ...archives);
  for (const tool of ['typescript', '@types/node']) link(folder, tool);
  cpSync(new URL('fixtures/', import.meta.url), folder, { recursive: true });
  return folder;
}

export function packageNames(): string[] {
  return readdirSync(join(workspace, 'packages'));
}

function pack(folder: string): string[] {
  const sources = packageNames().map((name) => `./packages/${name}`);
  npm(workspace, 'pack', '--ignore-scripts', '--pack-destination', folder, ...sources);
  return readdirSync(folder).map((archive) => `./${archive}`);
}

function copyDependencies(folder: string): void {
  const paths = npm(workspace, 'ls', '--all', '--omit=dev', '--parseable').trim().split('\n');
  for (const path of paths) {
    const place = path.indexOf(join('node_modules', ''), workspace.length);
    if (place >= 0) cpSync(path, join(folder, path.slice(place)), { recursive: true });
  }
  // npm fetches a package anew whose commands are not linked.
  const links = 'node_modules/.bin';
  cpSync(join(workspace, links), join(folder, links), { recursive: true, verbatimSymlinks: true });
}

/** The tools of the user's own: after the install, which would remove them, but for those that a package asks for. */
function link(folder: string, tool: string): void {
  const path = join('node_modules', tool);
  if (existsSync(join(folder, path))) return;
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  symlinkSync(join(workspace, path), join(folder, path), 'junction');
}

function npm(cwd: string, ...args: string[]): string {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  return execFileSync('npm', [...args, ...quiet], { cwd, encoding: 'utf8', shell: process.platform === 'win32' });
}
