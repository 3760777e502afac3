import {
  type Column,
  type ForeignKey,
  type Index,
  type ObjectName,
  type RenameChange,
  sameObject,
  type Schema,
  type Table,
  type View,
} from '@dovetail/core/driver';
import { comparison } from './comparison.js';
import { quoteIdentifier } from './ddl/quote.js';
import { tokenize, unquote } from './lexer.js';
import { renameColumnIn, renameTableIn } from './view-references.js';

const { foldName } = comparison;

/**
 * The schema as the server shows it after a rename: keys, foreign keys and expressions follow. Triggers keep their texts,
 * and so would views (refman/9.7/en/rename-table.html), which the rename therefore states anew: see `ddl/rename.ts`.
 */
export function renameIn(schema: Schema, change: RenameChange): Schema {
  return {
    ...schema,
    namespaces: schema.namespaces.map((name) =>
      change.kind === 'rename-namespace' && name === change.namespace ? change.to : name,
    ),
    tables: schema.tables.map((table) => renameInTable(table, change)),
    views: schema.views.map((view) => renameInView(view, change)),
  };
}

function renameInView(view: View, change: RenameChange): View {
  switch (change.kind) {
    case 'rename-table':
      return renameTableIn(view, change.table, change.to);
    case 'rename-column':
      return renameColumnIn(view, change.table, change.from, change.to);
    case 'rename-namespace':
    case 'rename-enum':
    case 'rename-enum-value':
      return view;
  }
}

function renameInTable(table: Table, change: RenameChange): Table {
  switch (change.kind) {
    case 'rename-namespace':
      return moveTable(table, change.namespace, change.to);
    case 'rename-enum':
    case 'rename-enum-value':
      return table;
    case 'rename-table':
      return renameTable(table, change.table, change.to);
    case 'rename-column':
      return renameColumn(table, change.table, change.from, change.to);
  }
}

function moveTable(table: Table, from: string, to: string): Table {
  const moved = <Item extends ObjectName>(item: Item): Item => (item.schema === from ? { ...item, schema: to } : item);
  return {
    ...moved(table),
    foreignKeys: table.foreignKeys.map(({ references, ...foreignKey }) => ({
      ...foreignKey,
      references: { ...references, table: moved(references.table) },
    })),
  };
}

function renameTable(table: Table, from: ObjectName, to: string): Table {
  const isIt = sameObject(table, from, comparison);
  const foreignKeys = table.foreignKeys.map((foreignKey): ForeignKey => {
    const { references } = foreignKey;
    const renamed = sameObject(references.table, from, comparison)
      ? { ...references, table: { ...references.table, name: to } }
      : references;
    return {
      ...foreignKey,
      references: renamed,
      name: isIt ? generatedName(foreignKey.name, table.name, to) : foreignKey.name,
    };
  });
  if (!isIt) return { ...table, foreignKeys };
  const checks = table.checks.map((check) => ({ ...check, name: generatedName(check.name, table.name, to) }));
  return { ...table, name: to, foreignKeys, checks };
}

/** The server renames the constraints that it has named itself (refman/9.7/en/rename-table.html). */
function generatedName(name: string | undefined, from: string, to: string): string | undefined {
  const suffix = name?.startsWith(`${from}_`) === true ? name.slice(from.length) : undefined;
  return suffix !== undefined && /^_(ibfk|chk)_\d+$/.test(suffix) ? to + suffix : name;
}

function renameColumn(table: Table, owner: ObjectName, from: string, to: string): Table {
  const isIt = sameObject(table, owner, comparison);
  const name = (column: string): string => (foldName(column) === foldName(from) ? to : column);
  const foreignKeys = table.foreignKeys.map((foreignKey) => {
    const { columns, references } = foreignKey;
    const isTarget = sameObject(references.table, owner, comparison);
    return {
      ...foreignKey,
      columns: isIt ? columns.map(name) : columns,
      references: isTarget ? { ...references, columns: references.columns.map(name) } : references,
    };
  });
  if (!isIt) return { ...table, foreignKeys };

  const text = (expression: string): string => renameInExpression(expression, from, to);
  return {
    ...table,
    columns: table.columns.map((column) => renameInColumn(column, name, text)),
    primaryKey: table.primaryKey && { ...table.primaryKey, columns: table.primaryKey.columns.map(name) },
    indexes: table.indexes.map((index) => renameInIndex(index, name, text)),
    foreignKeys,
    checks: table.checks.map((check) => ({ ...check, expression: text(check.expression) })),
  };
}

type Rename = (text: string) => string;

function renameInColumn(column: Column, name: Rename, text: Rename): Column {
  const { generated } = column;
  return {
    ...column,
    name: name(column.name),
    default: column.default && text(column.default),
    generated: generated && { ...generated, expression: text(generated.expression) },
  };
}

function renameInIndex(index: Index, name: Rename, text: Rename): Index {
  return {
    ...index,
    parts: index.parts.map((part) => {
      if ('column' in part) return { ...part, column: name(part.column) };
      const expression = text(part.expression);
      return expression === part.expression ? part : { ...part, expression };
    }),
  };
}

/** In the server's own form of an expression, every column is in backticks and nothing else is. */
function renameInExpression(expression: string, from: string, to: string): string {
  let text = '';
  let copied = 0;
  for (const token of tokenize(expression)) {
    if (token.kind !== 'quoted' || foldName(unquote(token)) !== foldName(from)) continue;
    text += expression.slice(copied, token.start) + quoteIdentifier(to);
    copied = token.end;
  }
  return text + expression.slice(copied);
}
