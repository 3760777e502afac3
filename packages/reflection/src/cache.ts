import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { ReflectionData, SourceState } from './reflection-data.js';

/** What the file holds; `undefined` where there is none, or one that something else has made. */
export async function readCache(file: string, madeBy: string): Promise<ReflectionData | undefined> {
  const data = await readData(file);
  return data?.madeBy === madeBy ? data : undefined;
}

/** What the file holds, whatever the options were; `undefined` where it holds no reflection. */
export async function readData(file: string): Promise<ReflectionData | undefined> {
  try {
    const data: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isReflectionData(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

export async function writeCache(file: string, data: ReflectionData): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(data));
}

/** The files that are not as they were, and those that import such a file, directly or not: types come from there. */
export async function changedFiles(
  states: Readonly<Record<string, SourceState>>,
  folder: string,
): Promise<ReadonlySet<string>> {
  const importers = new Map<string, string[]>();
  for (const [path, { imports }] of Object.entries(states)) {
    for (const imported of imports) importers.set(imported, [...(importers.get(imported) ?? []), path]);
  }
  const changed = new Set<string>();
  const add = (path: string): void => {
    if (changed.has(path)) return;
    changed.add(path);
    importers.get(path)?.forEach(add);
  };
  await Promise.all(
    Object.entries(states).map(async ([path, { hash }]) => {
      if ((await hashOf(resolve(folder, path))) !== hash) add(path);
    }),
  );
  return changed;
}

async function hashOf(file: string): Promise<string | undefined> {
  try {
    return hashText(await readFile(file));
  } catch {
    return undefined;
  }
}

export function hashText(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64');
}

/** The rest is as this package wrote it. */
function isReflectionData(data: unknown): data is ReflectionData {
  return typeof data === 'object' && data !== null && 'madeBy' in data && 'states' in data && 'files' in data;
}
