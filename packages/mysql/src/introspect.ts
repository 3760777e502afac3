import {
  compareText,
  type Connection,
  type IntrospectionScope,
  type ObjectName,
  readDefinition,
  type Schema,
  type Table,
  type Trigger,
  type View,
} from '@dovetail/core/driver';
import { type CatalogTrigger, type Definition, readCatalog, type SchemaCatalog } from './catalog.js';
import type { Flavour } from './flavour.js';
import { readCreateTable } from './parse/create-table.js';
import { readCreateView } from './parse/create-view.js';
import type { DefinitionContext } from './parse/table-draft.js';
import { readTriggerBody } from './parse/trigger.js';

/**
 * Reads the schema from the server's own DDL, in batches: of all that the server tells, it alone has every expression
 * exactly, and it takes a fraction of the time that `information_schema` does.
 *
 * @throws DovetailError with the code `introspection-failed` where a definition cannot be read.
 */
export async function introspect(connection: Connection, scope: IntrospectionScope, flavour: Flavour): Promise<Schema> {
  const { unstatedRule } = flavour.syntax;
  const known = lastRead.get(connection);
  const current = new Map<string, Map<string, KnownDefinition>>();
  const readerIn = (context: DefinitionContext): ((definition: Definition) => ReadObject) => {
    const place = placeOf(context);
    const before = known?.get(place);
    const now = new Map<string, KnownDefinition>();
    current.set(place, now);
    return (definition) => {
      // The text that came first stays, so that memory is not filled by one reading after the other.
      const { sql } = definition;
      const entry = before?.get(sql) ?? { sql, object: readObject(definition, context, flavour) };
      now.set(entry.sql, entry);
      return entry.object;
    };
  };
  const { namespaces, schemas } = await readCatalog(connection, scope, unstatedRule, readerIn);
  lastRead.set(connection, current);
  return { namespaces, enums: [], tables: schemas.flatMap(tablesOf), views: schemas.flatMap(viewsOf) };
}

type ReadObject = { readonly table: Table } | { readonly view: View };

interface KnownDefinition {
  readonly sql: string;
  readonly object: ReadObject;
}

/**
 * What the definitions say that a connection showed last, by the database that they are of and their text. An update reads
 * the catalog before, under the lock and after it, and most tables are the same each time.
 */
const lastRead = new WeakMap<Connection, ReadonlyMap<string, ReadonlyMap<string, KnownDefinition>>>();

/** The connection's database may be another one the next time. */
function placeOf({ ownSchema, schema }: DefinitionContext): string {
  return JSON.stringify([ownSchema, schema]);
}

function readObject(definition: Definition, context: DefinitionContext, flavour: Flavour): ReadObject {
  return definition.kind === 'table'
    ? { table: readTable(definition, context, flavour) }
    : { view: readView(definition, context) };
}

function tablesOf({ objects, triggers }: SchemaCatalog<ReadObject>): Table[] {
  return objects
    .flatMap((object) => ('table' in object ? object.table : []))
    .map((table) => withTriggers(table, triggersOf(table, triggers)))
    .sort(byName);
}

function withTriggers(table: Table, triggers: readonly Trigger[]): Table {
  return triggers.length === 0 ? table : { ...table, triggers };
}

function viewsOf({ objects }: SchemaCatalog<ReadObject>): View[] {
  return objects.flatMap((object) => ('view' in object ? object.view : [])).sort(byName);
}

function byName(a: ObjectName, b: ObjectName): number {
  return compareText(a.name, b.name);
}

/** The table that `show create table` prints. */
export function readTable(definition: Definition, context: DefinitionContext, flavour: Flavour): Table {
  const table = readOrThrow(definition, (sql) => readCreateTable(flavour.quoteNames(sql), context));
  return flavour.fromCatalog({ ...table, indexes: table.indexes.toSorted(byName) });
}

function readView(definition: Definition, context: DefinitionContext): View {
  return readOrThrow(definition, (sql) => readCreateView(sql, context));
}

function triggersOf(table: Table, triggers: readonly CatalogTrigger[]): readonly Trigger[] {
  return triggers.filter((trigger) => trigger.table === table.name).flatMap(readTrigger);
}

function readTrigger({ name, timing, event, statement }: CatalogTrigger): Trigger[] {
  if (timing !== 'before' && timing !== 'after') return [];
  if (event !== 'insert' && event !== 'update' && event !== 'delete') return [];
  return [{ name, timing, events: [{ kind: event }], forEach: 'row', body: readTriggerBody(statement) }];
}

function readOrThrow<Result>({ kind, sql }: Definition, read: (sql: string) => Result): Result {
  return readDefinition(sql, read, () => ({
    where: `${kind} ${sql.split('\n', 1)[0] ?? ''}`,
    remedy: 'Please report this, with it.',
  }));
}
