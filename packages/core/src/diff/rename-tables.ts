import type { Comparison } from '../driver.js';
import { displayName, nameOf } from '../model/names.js';
import type { Schema, Table } from '../model/schema.js';
import { alikePivots, alikeTables } from './alike.js';
import { assumedRenames } from './find-renames.js';
import { findAmong, type Found, type Judgement, type Renamables, searchAmong } from './found-renames.js';
import { newNamesBy } from './new-names.js';
import type { RenameOptions } from './rename-options.js';
import { quote } from './rename-problems.js';
import { within } from './within.js';

/** The tables of a namespace that are renamed, and those between two of them that are then called after these. */
export function findTables(
  schema: string | undefined,
  actual: Schema,
  desired: Schema,
  comparison: Comparison,
  { assumeRenames, dropTables, safe = false, renames: stated = {} }: RenameOptions,
): Found<Table> {
  const tables = tablesIn(schema, actual, desired, comparison);
  const judgement: Judgement<Table> = {
    alike: (a, b) => alikeTables(a, b, comparison),
    traitOf: ({ columns }) => JSON.stringify(columns.map(({ name }) => comparison.foldName(name)).sort()),
    assumeRenames: assumeRenames && dropTables && !safe,
    dropsRest: dropTables && !safe,
  };
  const found = findAmong(tables, stated, judgement);
  if (!judgement.assumeRenames || found.ambiguous.length > 0) return found;
  const newName = newNamesBy([found], comparison);
  const pivots = searchAmong(tables, stated, {
    ...judgement,
    alike: (a, b) => alikePivots(a, b, newName, comparison),
    traitOf: ({ columns }) => String(columns.length),
  });
  const followers = assumedRenames(pivots, found);
  return { ...found, renames: [...found.renames, ...followers.renames], ambiguous: followers.ambiguous };
}

function tablesIn(
  schema: string | undefined,
  actual: Schema,
  desired: Schema,
  { foldTableName: fold }: Comparison,
): Renamables<Table> {
  return {
    place: {
      prefixes: [schema ?? ''],
      before: within(actual.tables, schema),
      after: within(desired.tables, schema),
      fold,
      foldPrefix: fold,
    },
    words: {
      kind: 'table',
      pathOf: displayName,
      nameOf: displayName,
      hint: ({ name }) => `@Entity({ previousName: ${quote(name)} })`,
    },
    change: ({ from, to, reason }) => ({ kind: 'rename-table', table: nameOf({ schema, name: from }), to, reason }),
  };
}
