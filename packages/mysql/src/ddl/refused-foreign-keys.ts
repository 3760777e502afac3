import {
  type Change,
  type DdlContext,
  displayName,
  findTable,
  type ForeignKey,
  type IndexPart,
  type ObjectName,
  type Precheck,
  type Refusal,
  type Table,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { collationSql, describeEnd, endsOf, unlikeTypes } from './foreign-key-ends.js';
import { withStatedCollations } from './stated-collations.js';

const { foldName } = comparison;

/**
 * Why the server would not take a foreign key: its columns are not alike, or no key begins with what it references
 * (refman/9.7/en/create-table-foreign-keys.html). Entities that ask for a key may have its columns in another order; and
 * a foreign key of a table that they do not describe stays as it is, and comes back after what it had to go for.
 */
export function refusedForeignKey(change: Change, context: DdlContext): Refusal | undefined {
  for (const { table, foreignKey, isBack } of foreignKeysOf(change, context)) {
    const [child, parent] = endTables(table, foreignKey, context);
    if (child === undefined || parent === undefined) continue;
    const fault = unlikeColumns(child, parent, foreignKey) ?? missingKey(parent, foreignKey);
    if (fault === undefined) continue;
    const { rule, reason, remedy } = fault;
    return {
      kind: 'impossible',
      object: objectOf(table, foreignKey),
      ...(isBack
        ? {
            message: `the foreign key could not come back after the change: ${reason}`,
            remedy: 'drop it first; then make its columns and those that it references alike, and create it anew',
          }
        : { message: `${rule}: ${reason}`, remedy }),
    };
  }
  return undefined;
}

/** What stands against a foreign key. */
interface Fault {
  readonly rule: string;
  readonly reason: string;
  /** What to write on the entities. */
  readonly remedy: string;
}

const likeness =
  'give both the same type; of texts, state one `collation` on both entities, or on the property that is referenced, which its foreign keys follow';

/** The collations that a table has of its database, or of its character set, only the server knows. */
export function unlikeCollations(change: Change, context: DdlContext): readonly Precheck[] {
  return foreignKeysOf(change, context).flatMap(({ table, foreignKey }) => {
    const [child, parent] = endTables(table, foreignKey, context);
    if (child === undefined || parent === undefined) return [];
    return endsOf(child, parent, foreignKey)
      .filter(([own, referenced]) => own.collation === undefined || referenced.collation === undefined)
      .flatMap(([own, referenced]): Precheck[] => {
        const [one, other] = [collationSql(own), collationSql(referenced)];
        if (one === undefined || other === undefined || one === other) return [];
        const message = `foreign key takes columns that are alike: ${describeEnd(own)}, and ${describeEnd(referenced)}`;
        return [
          {
            kind: 'may-fail',
            object: objectOf(table, foreignKey),
            sql: `select 1 from dual where ${one} <> ${other}`,
            limit: 1,
            key: [],
            message: { one: message, other: message },
            remedy: likeness,
          },
        ];
      });
  });
}

interface AddedForeignKey {
  readonly table: ObjectName;
  readonly foreignKey: ForeignKey;
  /** Whether it was there before. */
  readonly isBack: boolean;
}

function foreignKeysOf(change: Change, { actual }: DdlContext): readonly AddedForeignKey[] {
  switch (change.kind) {
    case 'create-table':
      return change.table.foreignKeys.map((foreignKey) => ({ table: change.table, foreignKey, isBack: false }));
    case 'add-foreign-key': {
      const { table, foreignKey } = change;
      const isBack = findTable(actual, table, comparison)?.foreignKeys.includes(foreignKey) === true;
      return [{ table, foreignKey, isBack }];
    }
    default:
      return [];
  }
}

function endTables(table: ObjectName, { references }: ForeignKey, context: DdlContext): readonly (Table | undefined)[] {
  const { target } = withStatedCollations(context);
  return [table, references.table].map((name) => findTable(target, name, comparison));
}

function objectOf(table: ObjectName, { name, columns }: ForeignKey): string {
  return `${displayName(table)}.${name ?? `foreign key (${columns.join(', ')})`}`;
}

function unlikeColumns(child: Table, parent: Table, foreignKey: ForeignKey): Fault | undefined {
  const unlike = endsOf(child, parent, foreignKey).find(([own, referenced]) => unlikeTypes(own, referenced));
  if (unlike === undefined) return undefined;
  const reason = unlike.map(describeEnd).join(', and ');
  return { rule: 'a foreign key takes columns that are alike', reason, remedy: likeness };
}

/** MariaDB keeps the unique key of a text that is too long for an index by a hash, which no foreign key can use. */
function missingKey(parent: Table, { references }: ForeignKey): Fault | undefined {
  const keys = [
    parent.primaryKey?.columns ?? [],
    ...parent.indexes.filter(({ type }) => type === undefined).map(({ parts }) => parts.map(wholeColumn)),
  ];
  const begins = (key: readonly (string | undefined)[]): boolean =>
    references.columns.every((column, position) => foldName(key[position] ?? '') === foldName(column));
  if (keys.some(begins)) return undefined;
  return {
    rule: 'a foreign key references columns with which a key begins, in its order',
    reason: `no key of ${displayName(parent)} would begin with (${references.columns.join(', ')})`,
    remedy:
      'write `joinColumns` and `referencedColumnNames` in the order of the unique key; a text that is too long for an index cannot be referenced: give it a shorter `length`',
  };
}

function wholeColumn(part: IndexPart): string | undefined {
  return 'column' in part && part.length === undefined ? part.column : undefined;
}
