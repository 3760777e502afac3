import type { Capabilities } from '../driver.js';
import type { Change } from '../model/change.js';
import { nameOf, type Names, objectKey, sameObject, type TableNames } from '../model/names.js';
import type { ForeignKey, Table } from '../model/schema.js';
import { componentsOf } from './components.js';

export interface CycleRules extends Pick<Capabilities, 'foreignKeysNeedTarget' | 'uniqueAs'> {
  readonly names: Names;
}

/**
 * Takes foreign keys out of their tables where a ring of tables asks for it: created after all tables of the ring, or
 * dropped before them. Where foreign keys need no existing target the tables stay whole, and the foreign keys that
 * close a ring are `unordered`: nothing waits for them.
 */
export function splitCycles(
  changes: readonly Change[],
  { foreignKeysNeedTarget, uniqueAs, names }: CycleRules,
): { readonly changes: readonly Change[]; readonly unordered: ReadonlySet<ForeignKey> } {
  const tables = tablesOf(changes, 'create-table');
  const created = new Set([
    ...ringsOf(tables, names),
    ...(uniqueAs === 'constraint' ? toOwnIndexes(tables, names) : []),
  ]);
  const dropped = ringsOf(tablesOf(changes, 'drop-table'), names);
  if (!foreignKeysNeedTarget) return { changes, unordered: new Set([...created, ...dropped]) };
  return {
    changes: changes.flatMap((change): readonly Change[] => {
      if (change.kind === 'create-table') {
        const [table, closing] = withoutForeignKeys(change.table, created);
        return [
          { kind: 'create-table', table },
          ...closing.map((foreignKey) => bind('add-foreign-key', table, foreignKey)),
        ];
      }
      if (change.kind === 'drop-table') {
        const [table, closing] = withoutForeignKeys(change.table, dropped);
        return [
          ...closing.map((foreignKey) => bind('drop-foreign-key', table, foreignKey)),
          { kind: 'drop-table', table },
        ];
      }
      return [change];
    }),
    unordered: new Set(),
  };
}

function tablesOf(changes: readonly Change[], kind: 'create-table' | 'drop-table'): Table[] {
  return changes.flatMap((change) => (change.kind === kind ? [change.table] : []));
}

function withoutForeignKeys(table: Table, removed: ReadonlySet<ForeignKey>): [Table, ForeignKey[]] {
  const closing = table.foreignKeys.filter((foreignKey) => removed.has(foreignKey));
  if (closing.length === 0) return [table, closing];
  return [{ ...table, foreignKeys: table.foreignKeys.filter((foreignKey) => !removed.has(foreignKey)) }, closing];
}

function bind(kind: 'add-foreign-key' | 'drop-foreign-key', table: Table, foreignKey: ForeignKey): Change {
  return { kind, table: nameOf(table), foreignKey };
}

/** The foreign keys of a table to itself that a unique index makes possible: where a constraint is no index, it comes later. */
function toOwnIndexes(tables: readonly Table[], names: Names): ForeignKey[] {
  return tables.flatMap((table) => {
    const keys = [table.primaryKey?.columns ?? [], ...table.uniques.map(({ columns }) => columns)];
    return table.foreignKeys.filter(
      ({ references }) =>
        sameObject(references.table, table, names) && !keys.some((key) => isSameSet(key, references.columns, names)),
    );
  });
}

function isSameSet(a: readonly string[], b: readonly string[], { foldName }: Names): boolean {
  const [one, other] = [a, b].map((columns) => columns.map(foldName).sort());
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The foreign keys that close a ring among the tables; one of a table to itself is none. */
function ringsOf(tables: readonly Table[], names: TableNames): ReadonlySet<ForeignKey> {
  const byKey = new Map(tables.map((table) => [objectKey(table, names), table]));
  const targetOf = ({ references }: ForeignKey): Table | undefined => byKey.get(objectKey(references.table, names));
  const component = componentsOf(tables, (table) =>
    table.foreignKeys.flatMap((foreignKey) => targetOf(foreignKey) ?? []),
  );
  return new Set(
    tables.flatMap((table) =>
      table.foreignKeys.filter((foreignKey) => {
        const target = targetOf(foreignKey);
        return target !== undefined && target !== table && component.get(target) === component.get(table);
      }),
    ),
  );
}
