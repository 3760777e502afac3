import { join } from 'node:path';
import type * as Prettier from 'prettier';
import type { GeneratedFile } from './generated.js';

/** The files as the project's prettier has them, where it is installed; as they are where it is not. */
export async function formatFiles(files: readonly GeneratedFile[], folder: string): Promise<readonly GeneratedFile[]> {
  const prettier = await loadPrettier();
  if (prettier === undefined) return files;
  return Promise.all(
    files.map(async ({ path, text }) => {
      const filepath = join(folder, path);
      const config = await prettier.resolveConfig(filepath, { editorconfig: true });
      return { path, text: await prettier.format(text, { ...config, filepath }) };
    }),
  );
}

async function loadPrettier(): Promise<typeof Prettier | undefined> {
  try {
    return await import('prettier');
  } catch {
    return undefined;
  }
}
