import type { ColumnNames, SqlText } from '../decorators/sql-text.js';
import { isRawSql } from '../types/raw.js';
import { columnsOf, type NamedProperty } from './named-property.js';
import type { Problems } from './problems.js';

/** The properties that an index, a check or an expression can name: those of an entity, or of an embeddable in it. */
export interface Scope {
  /** The columns of a property, by its name or its path (`address.city`). */
  columnsOf(path: string): readonly string[] | undefined;
  hasColumn(column: string): boolean;
  /** What a callback gets. */
  readonly columnNames: ColumnNames;
}

export function scopeOf(properties: readonly NamedProperty[], inherited: readonly string[] = []): Scope {
  const byPath = new Map(pathsOf(properties, ''));
  const columns = new Set([...inherited, ...[...byPath.values()].flat()]);
  return {
    columnsOf: (path) => byPath.get(path),
    hasColumn: (column) => columns.has(column),
    columnNames: columnNames(byPath),
  };
}

function pathsOf(properties: readonly NamedProperty[], before: string): [string, readonly string[]][] {
  return properties.flatMap((property) => {
    const path = before + property.name;
    const own: [string, readonly string[]] = [path, columnsOf(property)];
    return property.kind === 'embedded' ? [own, ...pathsOf(property.properties, `${path}.`)] : [own];
  });
}

/** Fails on a property that does not exist, for an `undefined` in the middle of an SQL text would go unnoticed. */
function columnNames(byPath: ReadonlyMap<string, readonly string[]>): ColumnNames {
  return new Proxy<Record<string, string>>(
    {},
    {
      get: (_, name) => {
        const columns = byPath.get(String(name));
        if (columns === undefined || columns.length === 0) throw new Error(`there is no column for "${String(name)}"`);
        return columns.join(', ');
      },
      has: (_, name) => byPath.has(String(name)),
      ownKeys: () => [...byPath.keys()],
      getOwnPropertyDescriptor: (_, name) => {
        const columns = byPath.get(String(name));
        return columns && { value: columns.join(', '), enumerable: true, configurable: true };
      },
    },
  );
}

/** The text of an SQL option, its callback called. `undefined` when that fails, which is reported. */
export function evaluateSql(
  text: SqlText,
  scope: Scope,
  place: { readonly where: string; readonly option: string },
  problems: Problems,
): string | undefined {
  try {
    const result = typeof text === 'function' ? text(scope.columnNames) : text;
    return isRawSql(result) ? result.sql : result;
  } catch (error) {
    problems.report(
      place.where,
      `the function given as \`${place.option}\` failed: ${error instanceof Error ? error.message : String(error)}`,
      'Use the names of properties that have a column.',
    );
    return undefined;
  }
}
