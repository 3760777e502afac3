import {
  Check,
  Entity,
  type EntityClass,
  Enum,
  Index,
  ManyToMany,
  ManyToOne,
  OneToOne,
  PrimaryKey,
  Property,
  type PropertyOptions,
  sql,
  Unique,
} from '@dovetail/core';
import type { Driver } from '@dovetail/core/driver';
import { pivotColumnNames } from './layout.js';
import {
  type CheckSpec,
  type ColumnSpec,
  columnById,
  fillIn,
  type IndexSpec,
  type Model,
  type PivotSpec,
  type RelationSpec,
  tableById,
  type TableSpec,
} from './model.js';

/**
 * The model as entity classes, made by plain calls of the decorators. What has another name than in the model before
 * gets a hint.
 */
export function toClasses(
  model: Model,
  before: Model,
  { ddl, comparison }: Pick<Driver, 'ddl' | 'comparison'>,
): readonly EntityClass[] {
  const classes = new Map(model.tables.map(({ id }) => [id, makeClass(id)]));
  for (const table of model.tables) declareTable(table);
  for (const pivot of model.pivots) declarePivot(pivot);
  return [...classes.values()].map(({ entity }) => entity);

  /** Where names are case-sensitive, a bare one is read in lower case. */
  function isSafeBare(name: string): boolean {
    return name === name.toLowerCase() || comparison.foldName('A') === comparison.foldName('a');
  }

  function classOf(id: string): MadeClass {
    const found = classes.get(id);
    if (found === undefined) throw new Error(`The model has no table ${id}`);
    return found;
  }

  function declareTable(table: TableSpec): void {
    const target = classOf(table.id);
    const old = tableById(before, table.id);
    Entity({ tableName: table.name, ...hint(table.name, old?.name), ...table.options })(target.entity);
    for (const column of table.columns) declareColumn(column, table, old, target);
    for (const relation of table.relations) declareRelation(relation, table, old, target);
    for (const check of table.checks) declareCheck(check, table, target);
    for (const index of table.indexes) declareIndex(index, table, target);
  }

  function declareColumn(column: ColumnSpec, table: TableSpec, old: TableSpec | undefined, target: MadeClass): void {
    const options: PropertyOptions = {
      name: column.name,
      ...hint(column.name, old && columnById(old, column.id)?.name),
      nullable: column.nullable,
      ...(column.collation !== undefined && { collation: column.collation }),
      ...defaultOptions(column),
      ...(column.generated !== undefined && {
        generated: `(${sqlText(column.generated.expression, table)}) ${column.generated.stored ? 'stored' : 'virtual'}`,
      }),
    };
    if (table.primaryKey.includes(column.id)) {
      PrimaryKey({ ...options, ...typeOptions(column), autoincrement: column.autoincrement === true })(
        target.prototype,
        column.id,
      );
    } else if (column.type.kind === 'enum') {
      const { items, array } = column.type;
      Enum({ ...options, items, array })(target.prototype, column.id);
    } else {
      Property({ ...options, ...typeOptions(column) })(target.prototype, column.id);
    }
  }

  function declareRelation(
    relation: RelationSpec,
    table: TableSpec,
    old: TableSpec | undefined,
    target: MadeClass,
  ): void {
    const { id, columns, references, nullable, constrained, onDelete, onUpdate, deferrable, foreignKeyName } = relation;
    const referenced = tableById(model, relation.target);
    const was = old?.relations.find((other) => other.id === id);
    const options = {
      entity: () => classOf(relation.target).entity,
      joinColumns: columns,
      referencedColumnNames: references.map((column) => referenced && columnById(referenced, column)?.name).map(String),
      ...(columns.length === 1 && hint(columns[0], was?.columns[0])),
      nullable,
      primary: table.primaryKey.includes(id),
      createForeignKeyConstraint: constrained,
      ...(onDelete !== undefined && { deleteRule: onDelete }),
      ...(onUpdate !== undefined && { updateRule: onUpdate }),
      ...(deferrable !== undefined && { deferMode: deferrable }),
      ...(foreignKeyName !== undefined && { foreignKeyName }),
    };
    const decorate = relation.kind === 'one-to-one' ? OneToOne(options) : ManyToOne(options);
    decorate(target.prototype, id);
  }

  function declareCheck({ name, expression }: CheckSpec, table: TableSpec, target: MadeClass): void {
    Check({ ...(name !== undefined && { name }), expression: sqlText(expression, table) })(target.entity);
  }

  function declareIndex({ name, unique, key, where }: IndexSpec, table: TableSpec, target: MadeClass): void {
    const options = {
      ...(name !== undefined && { name }),
      ...(where !== undefined && { where: sqlText(where, table) }),
      ...(key.kind === 'expression'
        ? { expression: sqlText(key.expression, table) }
        : {
            columns: key.parts.map(({ member, sort, collation }) => ({
              name: member,
              ...(sort !== undefined && { sort }),
              ...(collation !== undefined && { collation }),
            })),
          }),
    };
    (unique ? Unique(options) : Index(options))(target.entity);
  }

  function declarePivot({ id, name, owner, target, fixedOrder }: PivotSpec): void {
    const [from, to] = [tableById(model, owner), tableById(model, target)];
    if (from === undefined || to === undefined) return;
    const old = before.pivots.find((pivot) => pivot.id === id);
    ManyToMany({
      entity: () => classOf(target).entity,
      pivotTable: name,
      ...hint(name, old?.name),
      joinColumns: pivotColumnNames('owner', from),
      inverseJoinColumns: pivotColumnNames('target', to),
      fixedOrder,
    })(classOf(owner).prototype, id);
  }

  /** Plain names are written as people write them, all others as they must be. */
  function sqlText(text: string, table: TableSpec): string {
    return fillIn(text, (id) => {
      const name = columnById(table, id)?.name ?? id;
      return plainNames.has(name) && isSafeBare(name) ? name : ddl.quoteIdentifier(name);
    });
  }
}

const plainNames: ReadonlySet<string> = new Set(['name', 'title', 'amount', 'Total', 'camelCase']);

/** A class, and what its property decorators are called with. */
interface MadeClass {
  readonly entity: EntityClass;
  readonly prototype: object;
}

function makeClass(name: string): MadeClass {
  class Made {
    readonly id: unknown;
  }
  Object.defineProperty(Made, 'name', { value: name });
  return { entity: Made, prototype: Made.prototype };
}

function hint(name: string | undefined, previousName: string | undefined): { readonly previousName?: string } {
  return previousName === undefined || previousName === name ? {} : { previousName };
}

function typeOptions({ type }: ColumnSpec): PropertyOptions {
  switch (type.kind) {
    case 'logical': {
      const { precision, scale } = type;
      return { type: type.type, ...(precision !== undefined && { precision }), ...(scale !== undefined && { scale }) };
    }
    case 'raw':
      return { columnType: type.columnType };
    case 'enum':
      return {};
  }
}

function defaultOptions({ default: value }: ColumnSpec): PropertyOptions {
  switch (value?.kind) {
    case undefined:
      return {};
    case 'value':
    case 'json':
      return { default: value.value };
    case 'bytes':
      return { default: Buffer.from(value.hex, 'hex') };
    case 'date':
      return { default: new Date(value.iso) };
    case 'now':
      return { default: sql.now() };
    case 'sql':
      return { defaultRaw: value.sql };
  }
}
