import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { GeneratedEntities } from './generated.js';

/**
 * Writes the files into their folder, those that are there already with the same text excepted. Others stay: remove the
 * file of a table that is gone yourself. Gives the paths that it wrote.
 */
export async function writeEntities({ folder, files }: GeneratedEntities): Promise<readonly string[]> {
  const written: string[] = [];
  for (const { path, text } of files) {
    const file = join(folder, path);
    const existing = await readFile(file, 'utf8').catch(() => undefined);
    if (existing === text) continue;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    written.push(file);
  }
  return written;
}
