import type { ManyToOneOptions } from '@dovetail/core';
import type { Column, ReferentialAction } from '@dovetail/core/driver';
import { classKey } from './class-names.js';
import { columnTypeOf } from './column-type.js';
import { defaultOptions } from './column-default.js';
import type { RelationDescription } from './description.js';
import { comesBack, findColumn, type Reference, type References, sameOrder } from './references.js';
import type { Source } from './source.js';
import { columnAttributes, type PropertyIndexes } from './value-properties.js';

interface Place {
  readonly source: Source;
  readonly references: References;
  readonly classNames: ReadonlyMap<string, string>;
  readonly indexes: PropertyIndexes;
}

/** The property of a relation, at the end with the columns. */
export function describeReference(name: string, reference: Reference, place: Place): RelationDescription {
  const { primary, target, unique, own, table, foreignKey } = reference;
  const columns = own.length === 0 ? foreignKey.columns : own;
  const nullable = columns.some((column) => findColumn(table, column)?.nullable === true);
  const types = typeOptions(reference, place);
  const inherits = Object.keys(types).length === 0;
  const options: ManyToOneOptions = {
    ...joinOptions(name, reference, place),
    ...(primary && { primary }),
    ...(nullable && { nullable }),
    ...types,
    ...attributes(reference, inherits, place.source),
    ...ruleOptions(reference, nullable),
    ...foreignKeyName(reference, place.source),
    ...place.indexes,
  };
  const className = place.classNames.get(classKey(target)) ?? target.name;
  return { name, target: className, decorator: unique ? 'OneToOne' : 'ManyToOne', options };
}

function joinOptions(name: string, reference: Reference, { references, source }: Place): ManyToOneOptions {
  const { foreignKey, target, own } = reference;
  const { columns } = foreignKey;
  const referenced = foreignKey.references.columns;
  const derived = referenced.map((column) =>
    source.naming.columnName(name, source.naming.joinColumnName(name, column, referenced.length > 1), []),
  );
  const isDerived = sameOrder(columns, derived);
  const isKey = sameOrder(referenced, target.primaryKey?.columns ?? []) && !mayComeBack(reference, references);
  return {
    ...(!isDerived && (columns.length === 1 ? { joinColumn: columns[0] } : { joinColumns: columns })),
    ...(!isKey &&
      (columns.length === 1 ? { referenceColumnName: referenced[0] } : { referencedColumnNames: referenced })),
    ...(own.length < columns.length && { ownColumns: own }),
  };
}

/** A key that references a key made of references may come back to it: stated columns are looked for no further. */
function mayComeBack({ primary, target, table }: Reference, references: References): boolean {
  return primary && (target === table || (references.get(target) ?? []).some((other) => other.primary));
}

/** The types of the columns, where they are not those of the referenced ones. */
function typeOptions({ table, target, foreignKey, own }: Reference, { source, references }: Place): ManyToOneOptions {
  const { sameType } = source.driver.comparison;
  const pairs = foreignKey.columns.map((name, index) => ({
    name,
    type: findColumn(table, name)?.type ?? '',
    referenced: findColumn(target, foreignKey.references.columns[index] ?? '')?.type ?? '',
  }));
  const isStrict = (table.options.strict ?? false) !== (target.options.strict ?? false);
  const differs = pairs.some(
    ({ name, type, referenced }) =>
      own.includes(name) && (isStrict || !sameType(type, referenced) || comesBack(table, name, references)),
  );
  if (!differs) return {};
  const types = pairs.map(({ type }) => type);
  return types.length === 1 ? { columnType: types[0] } : { columnTypes: types };
}

/** @param inherits whether the column has its type, and how it compares texts, from the one that it references. */
function attributes(
  { table, target, foreignKey, own }: Reference,
  inherits: boolean,
  { driver }: Source,
): ManyToOneOptions {
  const [name, ...others] = foreignKey.columns;
  const column = name === undefined || !own.includes(name) ? undefined : findColumn(table, name);
  if (column === undefined || others.length > 0) return {};
  const { typescript } = columnTypeOf(column, table.options.strict ?? false, driver);
  const referenced = findColumn(target, foreignKey.references.columns[0] ?? '');
  // A relation has no logical type of its own by which a value would be written.
  return {
    ...defaultOptions(column, { typescript, logical: undefined }, driver),
    ...columnAttributes(inherits ? unlike(column, referenced) : column),
  };
}

/** The column without what it would have as the one that it references. */
function unlike(column: Column, referenced: Column | undefined): Column {
  return {
    ...column,
    collation: column.collation === referenced?.collation ? undefined : column.collation,
    charset: column.charset === referenced?.charset ? undefined : column.charset,
  };
}

function ruleOptions({ foreignKey, own, primary }: Reference, nullable: boolean): ManyToOneOptions {
  const { onDelete, onUpdate, match, deferrable, columns } = foreignKey;
  const setsNull = nullable && own.length === columns.length;
  const deleteRule: ReferentialAction = primary ? 'cascade' : setsNull ? 'set null' : 'no action';
  const updateRule: ReferentialAction = primary || columns.length > 1 ? 'cascade' : 'no action';
  return {
    ...(onDelete !== deleteRule && { deleteRule: onDelete }),
    ...(onUpdate !== updateRule && { updateRule: onUpdate }),
    ...(deferrable !== undefined && { deferMode: deferrable }),
    ...(match !== undefined && { match }),
  };
}

function foreignKeyName({ table, target, foreignKey }: Reference, { naming }: Source): ManyToOneOptions {
  const { name, columns, references } = foreignKey;
  const derived = naming.constraintName({
    kind: 'foreign',
    table: table.name,
    columns,
    referencedTable: target.name,
    referencedColumns: references.columns,
  });
  return name === undefined || name === derived ? {} : { foreignKeyName: name };
}
