import type { ColumnNames, SqlText } from '../decorators/sql-text.js';
import { messageOf } from '../message-of.js';
import { isRawSql } from '../types/raw.js';
import { columnsOf, type NamedProperty } from './named-property.js';
import type { Problems } from './problems.js';

/** The properties that an index, a check or an expression can name: those of an entity, or of an embeddable in it. */
export interface Scope {
  /** The columns of a property, by its name or its path (`address.city`). */
  columnsOf(path: string): readonly string[] | undefined;
  hasColumn(column: string): boolean;
  /** Whether the path is that of an embedded object, whose properties have paths of their own. */
  isEmbedded(path: string): boolean;
  /** The column that holds what is at the path (`meta.address.city`), and the keys to it there. */
  insideColumn(path: string): { readonly column: string; readonly path: readonly string[] } | undefined;
  /** What a callback gets. */
  readonly columnNames: ColumnNames;
}

export function scopeOf(properties: readonly NamedProperty[]): Scope {
  const byPath = new Map(pathsOf(properties, ''));
  const isEmbedded = (path: string): boolean => [...byPath.keys()].some((known) => known.startsWith(`${path}.`));
  return {
    columnsOf: (path) => byPath.get(path),
    hasColumn: (column) => [...byPath.values()].some((columns) => columns.includes(column)),
    isEmbedded,
    insideColumn: (path) => {
      const keys = path.split('.');
      if (keys.includes('')) return undefined;
      for (let length = keys.length - 1; length > 0; length -= 1) {
        const before = keys.slice(0, length).join('.');
        const [column, ...others] = byPath.get(before) ?? [];
        if (column === undefined) continue;
        return others.length > 0 || isEmbedded(before) ? undefined : { column, path: keys.slice(length) };
      }
      return undefined;
    },
    // Few options are functions.
    get columnNames() {
      return columnNames(byPath);
    },
  };
}

function pathsOf(properties: readonly NamedProperty[], before: string): [string, readonly string[]][] {
  return properties.flatMap((property) => {
    const path = before + property.name;
    const own: [string, readonly string[]] = [path, columnsOf(property)];
    return property.kind === 'embedded' ? [own, ...pathsOf(property.properties, `${path}.`)] : [own];
  });
}

/** Fails on a property without a column, for an `undefined` in the middle of an SQL text would go unnoticed. */
function columnNames(byPath: ReadonlyMap<string, readonly string[]>): ColumnNames {
  const texts = new Map(
    [...byPath].filter(([, columns]) => columns.length > 0).map(([path, columns]) => [path, columns.join(', ')]),
  );
  return new Proxy<Record<string, string>>(
    {},
    {
      get: (_, name) => {
        const text = texts.get(String(name));
        if (text === undefined) throw new Error(`there is no column for "${String(name)}"`);
        return text;
      },
      has: (_, name) => texts.has(String(name)),
      ownKeys: () => [...texts.keys()],
      getOwnPropertyDescriptor: (_, name) => {
        const value = texts.get(String(name));
        return value === undefined ? undefined : { value, enumerable: true, configurable: true };
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
    const result: unknown = typeof text === 'function' ? text(scope.columnNames) : text;
    if (isRawSql(result)) return result.sql;
    if (typeof result === 'string') return result;
    const what = `the function given as \`${place.option}\` gives ${String(result)}, which is no SQL`;
    problems.report(place.where, what, "Give a text, or `raw('…')`.");
    return undefined;
  } catch (error) {
    problems.report(
      place.where,
      `the function given as \`${place.option}\` failed: ${messageOf(error)}`,
      'Use the names of properties that have a column.',
    );
    return undefined;
  }
}
