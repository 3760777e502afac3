import type { EntityClass } from '@dovetail/core';
import type { Migrator } from '@dovetail/migrations';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { matching } from '../conformance/matching.js';
import { entity, id, integer, type Members, text } from '../conformance/entity.js';
import { newestDatabases } from '../databases/index.js';
import { migrationSite, type MigrationSite } from './given.js';

/** What git merges, line by line. */
interface Snapshot {
  readonly migrations: object;
  readonly schema: { readonly tables: readonly { readonly name: string; readonly columns: readonly object[] }[] };
}

/** A repository in which one branch has added `age`, the other one `born`, each with its migration and its snapshot. */
interface Merged extends MigrationSite {
  readonly snapshots: { readonly age: string; readonly born: string };
  /** The migrator of what both branches have made of the entities, with this snapshot. */
  merge(snapshot: string): Promise<Migrator>;
}

const parse: (text: string) => Snapshot = JSON.parse;

const author = (members: Members): EntityClass[] => [entity('Author', { id, name: text(), ...members })];
const age: Members = { age: integer({ nullable: true }) };
const born: Members = { born: integer({ nullable: true }) };

describe.each(newestDatabases)('$name', (database) => {
  async function given(): Promise<Merged> {
    const made = await migrationSite(database);
    onTestFinished(() => made.dispose());
    const snapshotPath = join(made.folder, '.snapshot.json');
    const create = async (members: Members, fileName: string): Promise<string> => {
      const { migrator } = await made.open(author(members), { fileName: () => fileName });
      await migrator.create();
      return readFile(snapshotPath, 'utf8');
    };
    const start = await create({}, 'M1');
    await (await made.open(author({}))).migrator.up();
    const ofAge = await create(age, 'M2_age');
    await rename(join(made.folder, 'M2_age.sql'), join(made.folder, 'elsewhere'));
    await writeFile(snapshotPath, start);
    const ofBorn = await create(born, 'M3_born');
    await rename(join(made.folder, 'elsewhere'), join(made.folder, 'M2_age.sql'));
    return {
      ...made,
      snapshots: { age: ofAge, born: ofBorn },
      async merge(snapshot) {
        await writeFile(snapshotPath, snapshot);
        return (await made.open(author({ ...age, ...born }))).migrator;
      },
    };
  }

  test('the snapshot of either branch is refused after their merge', async () => {
    const { snapshots, merge } = await given();
    for (const [snapshot, lacking] of [
      [snapshots.age, 'M3_born'],
      [snapshots.born, 'M2_age'],
    ] as const) {
      const migrator = await merge(snapshot);
      const refusal = {
        code: 'snapshot-invalid',
        problems: [{ what: `lacks the changes of ${lacking}`, remedy: matching(/delete the snapshot/) }],
      };
      await expect(migrator.check()).rejects.toMatchObject(refusal);
      await expect(migrator.create()).rejects.toMatchObject(refusal);
    }
  });

  test('a conflict that nobody has resolved is called one', async () => {
    const { snapshots, merge } = await given();
    const migrator = await merge(`<<<<<<< HEAD\n${snapshots.age}=======\n${snapshots.born}>>>>>>> born\n`);
    await expect(migrator.check()).rejects.toThrow('git left their conflict in it');
    await expect(migrator.create({ blank: true })).rejects.toThrow('Nothing has been written');
    expect((await migrator.list()).map(({ name }) => name)).toEqual(['M1', 'M2_age', 'M3_born']);
  });

  test('it is written anew from a database where the migrations of both were run', async () => {
    const { folder, snapshots, merge } = await given();
    const migrator = await merge(snapshots.born);
    await migrator.up();
    await rm(join(folder, '.snapshot.json'));
    expect((await migrator.create()).files).toEqual([]);
    expect(await migrator.check()).toMatchObject({ ok: true });
    expect(Object.keys(parse(await readFile(join(folder, '.snapshot.json'), 'utf8')).migrations)).toEqual([
      'M1',
      'M2_age',
      'M3_born',
    ]);
  });

  test('a snapshot with the lines of both branches is as good', async () => {
    const { snapshots, merge } = await given();
    const [ours, theirs] = [parse(snapshots.age), parse(snapshots.born)];
    const columns = theirs.schema.tables.flatMap((table) => table.columns).slice(-1);
    const tables = ours.schema.tables.map((table) => ({ ...table, columns: [...table.columns, ...columns] }));
    const migrator = await merge(
      JSON.stringify({
        ...ours,
        migrations: { ...ours.migrations, ...theirs.migrations },
        schema: { ...ours.schema, tables },
      }),
    );
    expect((await migrator.create()).files).toEqual([]);
    expect(await migrator.up()).toEqual(['M2_age', 'M3_born']);
    expect(await migrator.check()).toMatchObject({ ok: true });
  });

  test('one that is overtaken is renamed to come last, or run alone, and the snapshot knows it', async () => {
    const { folder, snapshots, merge } = await given();
    const migrator = await merge(snapshots.born);
    await migrator.up({ only: 'M3_born' });
    await expect(migrator.up()).rejects.toMatchObject({ code: 'migration-out-of-order' });
    await rename(join(folder, 'M2_age.sql'), join(folder, 'M4_age.sql'));
    expect(await migrator.up()).toEqual(['M4_age']);
    await rm(join(folder, '.snapshot.json'));
    await migrator.create();
    await rename(join(folder, 'M4_age.sql'), join(folder, 'M5_age.sql'));
    expect((await migrator.create()).files).toEqual([]);
  });

  test('a blank migration is one that the snapshot knows, and others are not', async () => {
    const { folder, open } = await given();
    await rm(join(folder, 'M2_age.sql'));
    const { migrator } = await open(author(born));
    const [blank] = (await migrator.create({ blank: true })).files;
    await writeFile(blank?.path ?? '', '-- dovetail:up\nupdate author set born = 1;\n');
    expect((await migrator.create()).files).toEqual([]);
    await writeFile(join(folder, 'Z.sql'), '-- dovetail:up\nupdate author set born = 2;\n');
    await expect(migrator.check()).rejects.toThrow('lacks the changes of Z');
  });
});
