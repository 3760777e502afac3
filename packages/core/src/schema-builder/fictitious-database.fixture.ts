import type { Capabilities, Feature, TypeTable } from '../driver.js';
import { DovetailError } from '../errors.js';
import type {
  CheckMetadata,
  ColumnMetadata,
  EntityMetadata,
  ForeignKeyMetadata,
  IndexMetadata,
} from '../metadata/entity-metadata.js';
import type { Schema } from '../model/schema.js';
import { buildSchema, type BuildSchemaInput } from './build-schema.js';
import type { SchemaDriver } from './context.js';

/** A database that does not exist: it writes types and literals so that one sees what it was asked. */
const types: TypeTable = {
  columnType: (type, { length, unsigned, autoincrement, strict, element, items }) =>
    [
      type,
      length && `(${length})`,
      unsigned && ' unsigned',
      autoincrement && ' counting',
      strict && ' strict',
      element && ` of ${element}`,
      items && ` [${items.join('|')}]`,
    ]
      .filter(Boolean)
      .join(''),
  literal: (value, columnType) => `${JSON.stringify(value)} as ${columnType}`,
  toParameter: () => (value) => value,
  parseGenerated: (text) => {
    if (text === '') throw new Error('the expression is empty');
    return { expression: text, stored: false };
  },
  enumCheck: (column, items, array) => `${column} ${array ? 'within' : 'in'} ${items.join('|')}`,
};

const features: readonly Feature[] = [
  'namespaces',
  'native-enum',
  'column-comment',
  'column-collation',
  'generated-column',
  'identity',
  'unsigned',
  'index-expression',
  'index-where',
  'index-include',
  'index-sort',
  'index-nulls',
  'index-collation',
  'unique-deferrable',
  'foreign-key-deferrable',
  'view',
  'materialized-view',
  'trigger',
  'trigger-columns',
  'trigger-condition',
];

export const driver: SchemaDriver = {
  name: 'Fictitious',
  types,
  comparison: { foldName: (name) => name.toLowerCase(), foldTableName: (name) => name.toLowerCase() },
  ddl: { quoteIdentifier: (name) => `<${name}>` },
};

export const capabilities: Capabilities = {
  identifierLimit: { length: 30, unit: 'characters' },
  indexNameScope: 'namespace',
  constraintNameScope: 'table',
  features,
  referentialActions: ['no action', 'cascade', 'set null'],
  tableOptions: ['strict', 'engine'],
  defaultTableOptions: { strict: false },
  indexTypes: ['fulltext'],
  defaultIndexType: 'btree',
  uniqueAs: 'constraint',
  enumAs: 'check',
  indexForeignKeys: true,
  renamesIndexes: true,
  viewsHinder: 'changes',
  foreignKeysNeedTarget: true,
  transactionalDdl: true,
  generatedDefault: 'virtual',
};

export function build(
  entities: readonly EntityMetadata[],
  input: Partial<Omit<BuildSchemaInput, 'entities' | 'capabilities'>> & {
    readonly capabilities?: Partial<Capabilities>;
  } = {},
): Schema {
  return buildSchema({
    customTypes: new Map(),
    driver,
    ...input,
    entities,
    capabilities: { ...capabilities, ...input.capabilities },
  });
}

/** An entity with the column `id` as its primary key, unless `stated` says otherwise. */
export function entity(className: string, stated: Partial<EntityMetadata> = {}): EntityMetadata {
  return {
    className,
    kind: 'table',
    tableName: className.toLowerCase(),
    properties: [],
    columns: [column(`${className}.id`, { autoincrement: true })],
    primaryKey: ['id'],
    foreignKeys: [],
    indexes: [],
    checks: [],
    exclusions: [],
    triggers: [],
    options: {},
    ...stated,
  };
}

/** An integer column that is called as its property. */
export function column(origin: string, stated: Partial<ColumnMetadata> = {}): ColumnMetadata {
  return {
    origin,
    name: origin.slice(origin.lastIndexOf('.') + 1),
    type: { kind: 'logical', type: 'integer' },
    attributes: {},
    nullable: false,
    ...stated,
  };
}

/** A column with the type of the referenced one. */
export function reference(origin: string, className: string, referenced = 'id'): ColumnMetadata {
  return column(origin, { type: { kind: 'same-as', className, column: referenced } });
}

export function foreignKey(
  origin: string,
  columns: readonly string[],
  target: ForeignKeyMetadata['target'],
  stated: Partial<ForeignKeyMetadata> = {},
): ForeignKeyMetadata {
  return {
    origin,
    name: { text: `${columns.join('_')}_foreign`, explicit: false },
    columns,
    target,
    onDelete: 'no action',
    onUpdate: 'cascade',
    constrained: true,
    indexName: { text: `${columns.join('_')}_index`, explicit: false },
    ...stated,
  };
}

/** An index with a derived name over plain columns. */
export function index(origin: string, columns: readonly string[], stated: Partial<IndexMetadata> = {}): IndexMetadata {
  return {
    origin,
    name: { text: `${columns.join('_')}_${stated.unique ? 'unique' : 'index'}`, explicit: false },
    unique: false,
    parts: columns.map((name) => ({ column: name })),
    ...stated,
  };
}

export function enumCheck(origin: string, columnName: string, items: readonly string[]): CheckMetadata {
  return {
    origin,
    name: { text: `${columnName}_check`, explicit: false },
    expression: { kind: 'enum', column: columnName, items, array: false },
  };
}

/** What `run` throws, as its problems: one text each, with the place first. */
export function problemsOf(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof DovetailError) return error.problems.map(({ where, what }) => `${where}: ${what}`);
    throw error;
  }
  return [];
}
