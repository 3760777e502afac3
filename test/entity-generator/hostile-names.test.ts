import { Entity, type EntityClass, Enum, PrimaryKey, Property } from '@dovetail/core';
import { type GeneratedFile, generateEntities, writeEntities } from '@dovetail/entity-generator';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newestDatabases, sqlite, type TestDatabase } from '../databases/index.js';
import { nastyNames } from './nasty-names.js';
import { goRound } from './round-trip.js';
import { createWorkplace, type Workplace } from './workplace.js';

let workplace: Workplace;

beforeAll(() => {
  workplace = createWorkplace();
});

afterAll(() => workplace.dispose());

test('there are a hundred of them', () => {
  expect(new Set(nastyNames).size).toBeGreaterThanOrEqual(100);
});

describe.each(newestDatabases)('nasty names on $name', (database) => {
  test('stay data: tables, columns, defaults, items and comments come back as they were', async () => {
    const [original, copy] = [await database.create(), await database.create()];
    try {
      const orm = await original.init({ entities: entitiesOf(database) });
      await orm.schema.createSchema();
      await orm.close();
      // Where files have names as well, and where it is quicker.
      const options = { format: false, ...(database !== sqlite && { singleFile: 'entities.ts' }) };
      const { files } = await goRound({ database, original, copy, workplace, set: nameOf(database), options });
      expect(Reflect.get(globalThis, 'pwned')).toBeUndefined();
      expect(files.map(({ path }) => path).filter((path) => !/^[\p{ID_Continue}-]+\.ts$/u.test(path))).toEqual([]);
      expect(distinct(files.map(({ path }) => path.toLowerCase()))).toHaveLength(files.length);
      expect(files.flatMap(unseen)).toEqual([]);
    } finally {
      await original.dispose();
      await copy.dispose();
    }
  });
});

test('nothing is written outside of the folder', async () => {
  const site = await sqlite.create();
  const around = await mkdtemp(join(tmpdir(), 'dovetail-entities-'));
  try {
    const orm = await site.init({ entities: entitiesOf(sqlite) });
    await orm.schema.createSchema();
    const generated = await generateEntities(orm, { path: join(around, 'entities'), format: false });
    const written = await writeEntities(generated);
    expect(written).toHaveLength(generated.files.length);
    expect(await readdir(around)).toEqual(['entities']);
    expect(await readdir(join(around, 'entities'))).toHaveLength(generated.files.length);
    await expect(generateEntities(orm, { singleFile: '../entities.ts' })).rejects.toThrow(
      '"../entities.ts" is no name of a file of TypeScript',
    );
  } finally {
    await site.dispose();
    await rm(around, { recursive: true });
  }
});

test('the entities pass a strict compiler', { timeout: 60_000 }, () => {
  expect(workplace.typeErrors()).toEqual([]);
});

/** Characters that a reader of the source would not see, or see in another place. */
function unseen({ path, text }: GeneratedFile): readonly string[] {
  const found = text
    .replaceAll('\n', '')
    .match(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/gu);
  return found === null ? [] : [`${path}: ${JSON.stringify(found)}`];
}

function nameOf({ name }: TestDatabase): string {
  return `nasty-${name.replaceAll(/\W+/g, '-')}`;
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

/** A table of each name that the database takes, with a column of the name that has it in all its texts. */
function entitiesOf({ driver, capabilities }: TestDatabase): readonly EntityClass[] {
  const isWide = (text: string): boolean => /[\u{10000}-\u{10ffff}]/u.test(text);
  const takesWideNames = !['MySQL', 'MariaDB'].includes(driver.name);
  const { foldTableName } = driver.comparison;
  const known = new Set<string>();
  return nastyNames
    .filter((name) => takesWideNames || (!isWide(name) && !/[\s\0]$/u.test(name)))
    .filter((name) => !known.has(foldTableName(name)) && known.add(foldTableName(name)))
    .map((name, index) => {
      const comment = capabilities.features.includes('column-comment') ? { comment: name } : {};
      const made = { [`Made${index}`]: class {} }[`Made${index}`] ?? class {};
      PrimaryKey({ type: 'integer', name: `${name}_id` })(made.prototype, 'id');
      Property({ type: 'string', name, default: name, ...comment })(made.prototype, 'text');
      Enum({ items: [name, 'other'], name: `${name}_kind`, default: name })(made.prototype, 'kind');
      Entity({ tableName: name, ...comment })(made);
      return made;
    });
}
