import type { EntityOptions, TriggerOptions } from '@dovetail/core';
import {
  displayName,
  type ObjectName,
  type Table,
  type TableOptions,
  type Trigger,
  type View,
} from '@dovetail/core/driver';
import type { Unexpressed } from './generated.js';
import type { Source } from './source.js';

/** What `@Entity` says of a table, besides its properties. */
export function tableClass(table: Table, className: string, source: Source): EntityOptions {
  const { comment, primaryKey } = table;
  return {
    ...objectOptions(table, className, source),
    ...(primaryKey === undefined && { keyless: true }),
    ...(comment !== undefined && comment !== '' && { comment }),
    ...statedOptions(table.options, source),
  };
}

/** What `@Entity` says of a view. */
export function viewClass(view: View, className: string, source: Source): EntityOptions {
  const { materialized = false, withData, definition } = view;
  return {
    ...objectOptions(view, className, source),
    view: materialized ? { materialized, ...(withData === false && { withData }) } : true,
    expression: definition,
  };
}

function objectOptions({ schema, name }: ObjectName, className: string, { naming }: Source): EntityOptions {
  return {
    ...(naming.tableName(className, undefined) !== name && { tableName: name }),
    ...(schema !== undefined && { schema }),
  };
}

/** The options that a new table would not have by itself. */
function statedOptions(options: TableOptions, { capabilities, survey }: Source): EntityOptions {
  const defaults = new Map<string, unknown>(
    Object.entries({ ...capabilities.defaultTableOptions, ...survey.tableDefaults }),
  );
  return Object.fromEntries(
    Object.entries(options).filter(([name, value]) => value !== undefined && value !== defaults.get(name)),
  );
}

/** What `@Trigger` says; nothing where an event names a column without a property of its own. */
export function describeTrigger(
  { name, timing, events, forEach, when, body }: Trigger,
  table: Table,
  propertyOf: (column: string) => string | undefined,
): TriggerOptions | undefined {
  const described = events.map((event): TriggerOptions['events'][number] | undefined => {
    if (event.kind !== 'update') return event.kind;
    if (event.columns === undefined) return 'update';
    const update = event.columns.map(propertyOf);
    return update.every((property) => property !== undefined) ? { update } : undefined;
  });
  if (!described.every((event) => event !== undefined)) return undefined;
  const derived = [table.name, timing.replace(' ', '_'), ...events.map(({ kind }) => kind)].join('_');
  return {
    ...(name !== derived && { name }),
    timing,
    events: described,
    ...(forEach === 'statement' && { forEach }),
    ...(when !== undefined && { when }),
    body,
  };
}

/** What a table has that its class can't say, whatever its properties. */
export function unexpressedOfTable(table: Table, { capabilities }: Source): readonly Unexpressed[] {
  const phrases = [
    ...table.unmodelled,
    ...table.uniques
      .filter(({ include = [] }) => capabilities.uniqueAs === 'index' || include.length > 0)
      .map(
        ({ name, columns }) => `unique constraint ${name ?? `(${columns.join(', ')})`}, which becomes a unique index`,
      ),
    ...(isNameless(table) ? ['constraints without a name, which get one'] : []),
    ...table.checks
      .filter(({ noInherit }) => noInherit === true)
      .map(({ name = '' }) => `check ${name}, which is not inherited`),
  ];
  return phrases.map((what) => ({ where: displayName(table), what }));
}

function isNameless({ uniques, foreignKeys, checks }: Table): boolean {
  return [...uniques, ...foreignKeys, ...checks].some(({ name }) => name === undefined);
}

/** What a view has that its class can't say. */
export function unexpressedOfView(view: View): readonly Unexpressed[] {
  const { columns = [], triggers = [], attributes } = view;
  const phrases = [
    ...(columns.length > 0 ? [`names of its columns (${columns.join(', ')})`] : []),
    ...triggers.map(({ name }) => `trigger ${name}`),
    ...(attributes === undefined || attributes === '' ? [] : [attributes]),
  ];
  return phrases.map((what) => ({ where: displayName(view), what }));
}
