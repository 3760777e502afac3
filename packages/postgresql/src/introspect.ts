import type {
  Column,
  Connection,
  Index,
  IntrospectionScope,
  Schema,
  Table,
  Trigger,
  View,
} from '@dovetail/core/driver';
import { readColumns } from './catalog/columns.js';
import { noConstraints, readConstraints, type TableConstraints } from './catalog/constraints.js';
import { readEnums } from './catalog/enums.js';
import { readIndexes } from './catalog/indexes.js';
import { readNamespaces, readRelations, type Relation } from './catalog/relations.js';
import { readTriggers } from './catalog/triggers.js';
import { readUnmodelled } from './catalog/unmodelled.js';
import { readViews, type ViewFacts } from './catalog/views.js';

/** Reads the default namespace and those of the scope, in at most eight queries, whatever they hold. */
export async function introspect(connection: Connection, { namespaces }: IntrospectionScope): Promise<Schema> {
  const existing = namespaces.length === 0 ? [] : await readNamespaces(connection, namespaces);
  const enums = await readEnums(connection, namespaces);
  const relations = await readRelations(connection, namespaces);
  return { namespaces: existing, enums, ...(await readContents(connection, relations)) };
}

/** What the catalog holds of some relations, by the oid of each. */
interface Contents {
  readonly columns: ReadonlyMap<string, readonly Column[]>;
  readonly constraints: ReadonlyMap<string, TableConstraints>;
  readonly indexes: ReadonlyMap<string, readonly Index[]>;
  readonly triggers: ReadonlyMap<string, readonly Trigger[]>;
  readonly unmodelled: ReadonlyMap<string, readonly string[]>;
  readonly views: ReadonlyMap<string, readonly ViewFacts[]>;
}

/** Reads the relations whole. */
export async function readContents(
  connection: Connection,
  relations: readonly Relation[],
): Promise<Pick<Schema, 'tables' | 'views'>> {
  if (relations.length === 0) return { tables: [], views: [] };
  const oids = relations.map(({ oid }) => oid);
  const views = relations.filter(({ kind }) => kind !== 'table').map(({ oid }) => oid);
  const contents: Contents = {
    columns: await readColumns(connection, oids),
    constraints: await readConstraints(connection, oids),
    indexes: await readIndexes(connection, oids),
    triggers: await readTriggers(connection, oids),
    views: views.length === 0 ? new Map() : await readViews(connection, views),
    unmodelled: await readUnmodelled(connection, oids),
  };
  return {
    tables: relations.filter(({ kind }) => kind === 'table').map((relation) => makeTable(relation, contents)),
    views: relations.filter(({ kind }) => kind !== 'table').map((relation) => makeView(relation, contents)),
  };
}

function makeTable({ oid, name, comment, options, owner, statistics }: Relation, contents: Contents): Table {
  return {
    ...name,
    ...(contents.constraints.get(oid) ?? noConstraints),
    columns: contents.columns.get(oid) ?? [],
    indexes: contents.indexes.get(oid) ?? [],
    triggers: contents.triggers.get(oid) ?? [],
    comment,
    options,
    ...(statistics.length > 0 && { statistics }),
    owner,
    unmodelled: contents.unmodelled.get(oid) ?? [],
  };
}

function makeView({ oid, kind, name, owner }: Relation, contents: Contents): View {
  const [facts] = contents.views.get(oid) ?? [];
  const triggers = contents.triggers.get(oid) ?? [];
  return {
    ...name,
    definition: facts?.definition ?? '',
    ...(kind === 'materialized view' && { materialized: true, indexes: contents.indexes.get(oid) ?? [] }),
    ...(facts?.isUnpopulated === true && { withData: false }),
    ...(triggers.length > 0 && { triggers }),
    owner,
    reads: facts?.reads ?? [],
    restoration: facts?.restoration ?? [],
    columnRestoration: facts?.columnRestoration ?? [],
    statistics: facts?.statistics ?? [],
    columnNames: (contents.columns.get(oid) ?? []).map((column) => column.name),
  };
}
