import { rm } from 'node:fs/promises';
import { DovetailError, type DraftStatement, type Problem } from '@dovetail/core';
import type { CreatedFile } from './create/create-options.js';
import { blank, type Content } from './create/draft-migrations.js';
import { nameMigrations, writeFiles } from './create/write-migrations.js';
import { checksumOf, type MigrationFile } from './files/read-migrations.js';
import { removeRecord, saveRecord } from './log/migration-log.js';
import { listed, type Statements } from './migration.js';
import type { MigratorContext } from './migrator-options.js';
import { readStatus } from './read-status.js';
import { rejectFaults } from './status.js';

/**
 * Writes one migration that takes the place of all that were run, and removes their files. Other databases know by the
 * names that it replaces that they have run it.
 */
export async function rollup(context: MigratorContext, name: string | undefined): Promise<CreatedFile | undefined> {
  const { files, statuses } = await readStatus(context);
  rejectFaults(statuses);
  const applied = new Set(statuses.filter(({ state }) => state === 'applied').map((status) => status.name));
  const merged = files.filter((file) => applied.has(file.name));
  if (merged.length < 2) return undefined;
  rejectUnmergeable(context, merged, files);

  const names = files.map((file) => file.name);
  const content = merge(merged);
  const [created] = await nameMigrations(context.settings, [content], names, name ?? 'rollup');
  if (created === undefined) return undefined;
  await writeFiles([created]);
  await context.orm.schema.exclusively(async () => {
    const checksum = checksumOf(content.up.map(({ sql }) => sql));
    await saveRecord(context, { name: created.name, checksum, appliedAt: new Date().toISOString(), duration: 0 });
    for (const file of merged) await removeRecord(context, file.name);
  });
  for (const { path } of merged) await rm(path);
  return created;
}

function merge(files: readonly MigrationFile[]): Content {
  const reversible = files.every(({ migration }) => migration.down !== undefined);
  return {
    ...blank,
    up: files.flatMap(({ name, migration }) => statementsFrom(name, migration.up)),
    down: reversible
      ? files.toReversed().flatMap(({ name, migration }) => statementsFrom(name, migration.down))
      : undefined,
    suspendsForeignKeys: files.some(({ migration }) => migration.suspendsForeignKeys === true),
    replaces: files.flatMap(({ name, migration }) => [...(migration.replaces ?? []), name]),
  };
}

function statementsFrom(name: string, statements: Statements | undefined): readonly DraftStatement[] {
  return listed(statements).map((sql, index) => ({ sql, comments: index === 0 ? [`From ${name}.`] : [] }));
}

function rejectUnmergeable(
  { settings }: MigratorContext,
  merged: readonly MigrationFile[],
  files: readonly MigrationFile[],
): void {
  const problems = [
    ...merged.flatMap(({ name, migration }): Problem[] => [
      ...(isFunction(migration.up) || isFunction(migration.down)
        ? [{ where: name, what: 'is a function, whose statements nobody knows', remedy: 'write them as a list' }]
        : []),
      ...(migration.transactional === false
        ? [{ where: name, what: 'cannot be in a transaction with others', remedy: '' }]
        : []),
    ]),
    ...files
      .filter((file) => !merged.includes(file))
      .map(({ name }): Problem => ({ where: name, what: 'was not run yet', remedy: 'run it first: `up`' })),
    ...(settings.folder === settings.sources
      ? []
      : [
          {
            where: settings.folder,
            what: 'holds compiled migrations',
            remedy: `run it where TypeScript is loaded, so that ${settings.sources} is read`,
          },
        ]),
  ];
  if (problems.length === 0) return;
  throw new DovetailError(
    'migration-invalid',
    'The migrations cannot be merged into one. Nothing has been done.',
    problems,
  );
}

function isFunction(statements: Statements | undefined): boolean {
  return typeof statements === 'function';
}
