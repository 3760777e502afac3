import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * The version of a package that a file of the project would import; `undefined` where it finds none.
 *
 * @param path the file, which need not exist.
 */
export function installedVersion(name: string, path: string): string | undefined {
  try {
    return versionIn(createRequire(path).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

/** The version that a package.json states. Nothing of core is used for it, which takes longer to load than `--version` may. */
export function versionIn(path: string | URL): string | undefined {
  const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return typeof content === 'object' && content !== null && 'version' in content ? String(content.version) : undefined;
}
