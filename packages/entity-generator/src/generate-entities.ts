import type { DovetailBase } from '@dovetail/core';
import { rejectUnknownOptions } from '@dovetail/core/driver';
import { resolve } from 'node:path';
import { differencesFrom } from './compare.js';
import { describeEntities } from './describe.js';
import type { EntityDescription } from './description.js';
import { formatFiles } from './format.js';
import type { GeneratedEntities } from './generated.js';
import { type EntityGeneratorOptions, optionNames } from './options.js';
import { printFiles } from './print-files.js';
import { readSource } from './source.js';

/**
 * Makes entity classes of the database of an `orm`, as source, by the naming strategy of the `orm`. Changes nothing;
 * `writeEntities` writes the files.
 *
 * @throws DovetailError `introspection-failed` where the catalog can't be read, `invalid-configuration` where an option
 * does not exist, or `adjust` gives what is no plain data.
 *
 * @example
 * const orm = await Dovetail.init({ entities: [], dbName: 'shop.db', discovery: { warnWhenNoEntities: false } });
 * const generated = await generateEntities(orm, { path: './src/entities' });
 * await writeEntities(generated);
 */
export async function generateEntities(
  orm: DovetailBase,
  options: EntityGeneratorOptions = {},
): Promise<GeneratedEntities> {
  rejectUnknownOptions(options, optionNames);
  const { adjust = unchanged, path = './entities', baseDir = process.cwd(), format = true } = options;
  const source = await readSource(orm, options);
  const { entities: described, unexpressed } = describeEntities(source, options);
  const entities = described.map((entity) => adjust(entity));
  const folder = resolve(baseDir, path);
  // Each driver is in a package of the database's name.
  const files = printFiles(entities, `@dovetail/${source.driver.name.toLowerCase()}`, options);
  return {
    folder,
    files: format ? await formatFiles(files, folder) : files,
    unexpressed,
    differences: await differencesFrom(entities, source, orm.entityOptions),
  };
}

function unchanged(entity: EntityDescription): EntityDescription {
  return entity;
}
