import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { MigrationDraft } from '@dovetail/core';
import { readPackage } from '@dovetail/core/driver';
import { nextTimestamps } from '../files/file-names.js';
import { renderJavaScript, renderTypeScript } from '../files/script-format.js';
import { renderSql } from '../files/sql-format.js';
import type { Settings } from '../migrator-options.js';
import type { CreatedFile } from './create-options.js';
import type { Content } from './draft-migrations.js';

/** Names the migrations so that they come after all that exist, and makes their files' texts. */
export async function nameMigrations(
  settings: Settings,
  contents: readonly Content[],
  existing: readonly string[],
  name: string | undefined,
): Promise<readonly CreatedFile[]> {
  const timestamps = nextTimestamps(existing, contents.length, new Date());
  const files: CreatedFile[] = [];
  for (const [index, content] of contents.entries()) {
    const draft = { ...content, name: settings.fileName(timestamps[index] ?? '', name) };
    const path = join(settings.sources, `${draft.name}.${settings.emit}`);
    files.push({ name: draft.name, path, text: await render(settings, draft) });
  }
  return files;
}

export async function writeFiles(files: readonly CreatedFile[]): Promise<void> {
  for (const { path, text } of files) {
    await mkdir(dirname(path), { recursive: true });
    // A migration that exists is never overwritten.
    await writeFile(path, text, { flag: 'wx' });
  }
}

async function render({ template, emit, sources }: Settings, draft: MigrationDraft): Promise<string> {
  if (template !== undefined) return template(draft);
  switch (emit) {
    case 'ts':
      return renderTypeScript(draft);
    case 'mjs':
      return renderJavaScript(draft, 'module');
    case 'js':
      return renderJavaScript(draft, formatOf(sources));
    case 'sql':
      return renderSql(draft);
  }
}

/** How Node.js takes a `.js` file of that folder (nodejs.org/api/packages.html#type). */
function formatOf(folder: string): 'module' | 'commonjs' {
  const file = join(folder, 'package.json');
  if (existsSync(file)) {
    const content = readPackage(file);
    return 'type' in content && content.type === 'module' ? 'module' : 'commonjs';
  }
  return dirname(folder) === folder ? 'commonjs' : formatOf(dirname(folder));
}
